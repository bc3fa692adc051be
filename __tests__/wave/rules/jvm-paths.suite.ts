import { checkSettings } from "../../../modules/rules";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

const withOptions = (more: string) => ({
  wave: {
    jvmOptions: `-Xmx2g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled ${more}`,
  },
});

/** Options that write where builds read. */
const OPTIONS = [
  "-XX:HeapDumpPath=/efs/wave/java.hprof",
  "-XX:HeapDumpPath=/efs/wave",
  "-XX:ErrorFile=/efs//wave/hs_err.log",
  "-Xlog:gc*:file=/efs/wave/gc.log:time",
  "-Xlog:gc:/efs/wave/build/gc.log",
  "-Djava.io.tmpdir=/tmp/../efs/wave/tmp",
  "-Dlogback.configurationFile=file:/efs/wave/logback.xml",
  "-XX:Flags=/tmp/flags,/efs/wave/flags",
];

const cases = OPTIONS.map(
  (option) =>
    [
      option,
      withOptions(option),
      "wave.jvmOptions",
      [option, "outside /efs/wave (wave.build.mountPath)", "/dumps"],
    ] as const,
);

describe("classic", () => {
  testRefused(cases);
});
describe("current", () => {
  testRefused(cases, currentSettings);
});

testRefused([
  [
    "the mount is where the settings put it",
    {
      wave: {
        jvmOptions: "-XX:HeapDumpPath=/shared/java.hprof",
        build: { mountPath: "/shared", workspace: "/shared/build" },
      },
    },
    "wave.jvmOptions",
    ["outside /shared"],
  ],
]);

test.each([
  "-XX:HeapDumpPath=/dumps/java-$(POD_NAME).hprof",
  "-XX:HeapDumpPath=/efs/wave2/java.hprof",
  "-Xlog:gc:/tmp/gc.log",
])("%s is accepted", (option) => {
  expect(checkSettings(exampleSettings(withOptions(option)))).toEqual([]);
  expect(checkSettings(currentSettings(withOptions(option)))).toEqual([]);
});

test("Wave Lite has no such file system", () => {
  const change = withOptions("-XX:HeapDumpPath=/efs/wave/java.hprof");
  expect(checkSettings(liteSettings(change))).toEqual([]);
});
