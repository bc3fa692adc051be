import { mebibytes } from "../../lib/quantity";
import { type WaveEnvironment } from "../release/release";
import { POOLED_ALLOCATOR } from "./jvm-memory";
import { serverMemory } from "../release/line-defaults";

/** Folder of heap dumps. They hold secrets: not on the file system that builds share. */
export const DUMP_FOLDER = "/dumps";

const HEAP_DUMP = [
  "-XX:+HeapDumpOnOutOfMemoryError",
  `-XX:HeapDumpPath=${DUMP_FOLDER}/java-$(POD_NAME).hprof`,
];

/** Seconds that an idle connection to a registry is kept. */
const KEEP_ALIVE = "-Djdk.httpclient.keepalive.timeout=10";

/** Upstream's options, except for the folder of the heap dump. The classic line has none of its own. */
const CLASSIC = [
  "-XX:ActiveProcessorCount=8",
  "-XX:InitialRAMPercentage=50",
  "-XX:MaxRAMPercentage=50",
  ...HEAP_DUMP,
  "-XX:MaxDirectMemorySize=800m",
  "-Dio.netty.maxDirectMemory=0",
  KEEP_ALIVE,
];

/**
 * They replace all of Wave's own (`src/main/jib/launch.sh` of its repository), so those that it needs are among them: without the
 * allocator direct memory runs out, and without the last one connections that a registry has closed are used again.
 * Left out: two traces of virtual threads, which nobody reads here.
 */
const currentOptions = (memory: number): string[] => {
  const heap = heapOf(memory);
  return [
    "-XX:+UseG1GC",
    `-Xms${inJvmUnits(Math.min(1024, heap))}`,
    `-Xmx${inJvmUnits(heap)}`,
    "-XX:MaxDirectMemorySize=100m",
    "-Dio.netty.maxDirectMemory=0",
    POOLED_ALLOCATOR,
    KEEP_ALIVE,
    ...HEAP_DUMP,
  ];
};

/** All memory but 1 Gi, for buffers, threads and code; of a pod that small, half. */
const heapOf = (memory: number): number =>
  Math.max(memory - 1024, Math.floor(memory / 2));

const inJvmUnits = (mebi: number): string =>
  mebi % 1024 === 0 ? `${mebi / 1024}g` : `${mebi}m`;

/** Value of `WAVE_JVM_OPTS`, from the settings or from the line. */
export function jvmOptions(
  settings: Pick<WaveEnvironment, "wave" | "release">,
): string {
  const { jvmOptions: own } = settings.wave;
  if (own !== undefined) return own;
  const options = settings.release.isClassic
    ? CLASSIC
    : currentOptions(mebibytes(serverMemory(settings)));
  return options.join(" ");
}
