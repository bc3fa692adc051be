/** Memory the options of a JVM let it take, in Mi. */
export interface JvmMemory {
  readonly heap: number;
  readonly direct: number;
}

/** Option that Wave needs: without it Netty's buffers outgrow direct memory. */
export const POOLED_ALLOCATOR = "-Dio.netty.allocator.type=pooled";

/** Mi that the JVM takes besides heap and direct memory: classes, threads, compiled code. */
export const JVM_OVERHEAD = 512;

const MEBIBYTES = {
  "": 1 / 1024 ** 2,
  k: 1 / 1024,
  m: 1,
  g: 1024,
  t: 1024 ** 2,
};

/**
 * Heap and direct memory under the options, as the JVM reads them: the last of several counts; without `-Xmx` the heap
 * is a share of the container's memory, a quarter by default; without a limit direct memory is as large as the heap.
 *
 * @param limit Memory limit of the container, in Mi.
 */
export function jvmMemory(options: string, limit: number): JvmMemory {
  const words = options.split(/\s+/);
  const share = Number(last(words, /^-XX:MaxRAMPercentage=([\d.]+)$/)?.[1]);
  const heap =
    sizeOf(last(words, /^(?:-Xmx|-XX:MaxHeapSize=)(\d+)([kmgt]?)$/i)) ??
    (limit * (Number.isNaN(share) ? 25 : share)) / 100;
  return {
    heap,
    direct:
      sizeOf(last(words, /^-XX:MaxDirectMemorySize=(\d+)([kmgt]?)$/i)) ?? heap,
  };
}

const last = (
  words: readonly string[],
  pattern: RegExp,
): RegExpExecArray | undefined =>
  words
    .map((word) => pattern.exec(word))
    .filter((match) => match !== null)
    .at(-1);

function sizeOf(match: RegExpExecArray | undefined): number | undefined {
  if (match === undefined) return undefined;
  const unit = (match[2] ?? "").toLowerCase() as keyof typeof MEBIBYTES;
  return Number(match[1]) * MEBIBYTES[unit];
}

/** Whether the options name the pooled allocator, and name no other one later. */
export const isPooled = (options: string): boolean =>
  last(options.split(/\s+/), /^-Dio\.netty\.allocator\.type=(.*)$/)?.[1] ===
  "pooled";
