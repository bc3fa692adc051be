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

test("no class of the current line that prints logins to registries is at the level at which it does", () => {
  const log = currentObjects().configMap.data?.["logback.xml"] ?? "";
  const level = (name: string) =>
    new RegExp(
      `<logger name="io\\.seqera\\.wave\\.${name}" level="(\\w+)" />`,
    ).exec(log)?.[1];
  expect(level("service\\.scan\\.KubeScanStrategy")).toBe("WARN");
  expect(level("service\\.mirror\\.ContainerMirrorServiceImpl")).toBe("WARN");
  expect(level("controller\\.ContainerController")).toBe("INFO");
});
