import { parse } from "yaml";
import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

describe.each([
  ["classic", waveObjects],
  ["current", currentObjects],
  ["lite", liteObjects],
])("%s", (_, make) => {
  const files = make().configMap.data ?? {};
  const log = files["logback.xml"] ?? "";

  test("the log goes to stdout and into no file, which would fill the pod's volume", () => {
    const appenders = [...log.matchAll(/<appender .*class="([^"]*)"/g)];
    expect(appenders.map(([, name]) => name)).toEqual([
      "ch.qos.logback.core.ConsoleAppender",
    ]);
    expect(log).toMatch(/<root level="INFO">\s*<appender-ref ref="STDOUT" \/>/);
  });

  test("Wave's own classes log at the level of the settings, which config.yml sets over the jar's", () => {
    const level = (text = "") =>
      (parse(text) as { logger: { levels: object } }).logger.levels;
    expect(level(files["config.yml"])).toEqual({ "io.seqera": "DEBUG" });
    const info = make({ wave: { logLevel: "INFO" } }).configMap.data;
    expect(level(info?.["config.yml"])).toEqual({ "io.seqera": "INFO" });
  });
});

test.each([
  ["classic", waveObjects, ["auth.RegistryAuthServiceImpl"]],
  [
    "current",
    currentObjects,
    [
      "auth.RegistryAuthServiceImpl",
      "service.scan.KubeScanStrategy",
      "service.mirror.ContainerMirrorServiceImpl",
      "controller.ContainerController",
    ],
  ],
] as const)(
  "no class of the %s line prints logins to registries",
  (_, make, classes) => {
    const log = make().configMap.data?.["logback.xml"] ?? "";
    const atInfo = [
      "service.scan.KubeScanStrategy",
      "service.mirror.ContainerMirrorServiceImpl",
    ];
    for (const name of classes)
      expect(log).toContain(
        `<logger name="io.seqera.wave.${name}" level="${atInfo.includes(name) ? "WARN" : "INFO"}" />`,
      );
  },
);
