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

const BOTH = {
  "wave.auth.RegistryAuthServiceImpl": "INFO",
  "wave.service.CredentialServiceImpl": "INFO",
  "wave.tower.client.connector.TowerConnector": "INFO",
};
const CURRENT = {
  ...BOTH,
  "wave.service.scan.KubeScanStrategy": "WARN",
  "wave.service.mirror.ContainerMirrorServiceImpl": "WARN",
  "wave.controller.ContainerController": "INFO",
  "data.queue.AbstractMessageQueue": "ERROR",
};
const CLASSIC = {
  ...BOTH,
  "wave.service.data.queue.AbstractMessageQueue": "ERROR",
};

describe.each([
  ["classic", waveObjects, CLASSIC],
  ["current", currentObjects, CURRENT],
  ["lite", liteObjects, CURRENT],
] as const)("%s: what prints logins and tokens", (_, make, classes) => {
  const log = make().configMap.data?.["logback.xml"] ?? "";

  test.each(Object.entries(classes))(
    "io.seqera.%s is heard from %s",
    (name, level) => {
      expect(log).toContain(
        `<logger name="io.seqera.${name}" level="${level}" />`,
      );
    },
  );

  test("headers with logins, tokens and the licence of a Platform are taken out of every other message", () => {
    const [, mask = "", by = ""] =
      /%replace\(%msg\)\{'\(\?i\)(.*)', '(.*)'\}/.exec(log) ?? [];
    const shown = (text: string): string =>
      text.replace(new RegExp(mask.replaceAll("&lt;", "<"), "gi"), by);
    expect(
      shown(
        "Headers:\n  Host=a\n  authorization=Basic x\n  Cookie=y; z\n  A=b",
      ),
    ).toBe("Headers:\n  Host=a\n  authorization=****\n  Cookie=****\n  A=b");
    expect(shown("message=(auth:Bearer x, body:y)")).toBe(
      "message=(auth:Bearer ****",
    );
    expect(shown("endpoint: a; token: x; status: 400")).toBe(
      "endpoint: a; token: **** status: 400",
    );
    const opening = "Opening pairing session - endpoint: https://a";
    expect(shown(opening)).toBe(opening);
  });
});
