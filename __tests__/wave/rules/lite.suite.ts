import { checkSettings } from "../../../modules/rules";
import {
  type SettingsChange,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

testRefused(
  [
    [
      "the environment k8s, for Lite starts no pods",
      { wave: { environments: ["k8s"] } },
      "wave.environments[0]",
      ["Wave Lite starts no pods", "lite, rate-limit, alb"],
    ],
    [
      "an unknown name",
      { wave: { environments: ["litee"] } },
      "wave.environments[0]",
      ["write lite"],
    ],
    [
      "namespace default",
      { wave: { namespace: "default" } },
      "wave.namespace",
      ["kube-*"],
    ],
    [
      "options without the pooled allocator",
      { wave: { jvmOptions: "-Xmx1g -XX:MaxDirectMemorySize=100m" } },
      "wave.jvmOptions",
      ["-Dio.netty.allocator.type=pooled"],
    ],
    [
      "PostgreSQL below 16",
      { data: { postgres: { engineVersion: "15" } } },
      "data.postgres.engineVersion",
      ["16 or later"],
    ],
    [
      "Redis below 6.2",
      { data: { redis: { engineVersion: "5.0.6" } } },
      "data.redis.engineVersion",
      ["6.2 or later"],
    ],
  ],
  liteSettings,
);

describe("Wave Lite on the classic line", () => {
  testRefused(
    [
      [
        "VER-02: lite needs the current line",
        {},
        "wave.mode",
        ["lite, with wave.version 1.3.3", "1.33.0 or later"],
      ],
    ],
    (change) => ({
      ...exampleSettings(change),
      wave: { ...exampleSettings(change).wave, mode: "lite" },
    }),
  );
});

test.each<readonly [string, SettingsChange]>([
  ["as it stands", {}],
  ["a namespace that builds would have", { wave: { namespace: "wave-build" } }],
  ["its own environment", { wave: { environments: ["lite", "prod"] } }],
])("accepted: Wave Lite %s", (_, change) => {
  expect(checkSettings(liteSettings(change))).toEqual([]);
});
