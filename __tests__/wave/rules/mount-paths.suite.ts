import { checkSettings } from "../../../modules/rules";
import { currentSettings, exampleSettings } from "../../support/settings";
import { type RefusedCase, testRefused } from "../../support/settings-rules";

const mountedAt = (mountPath: string) => ({
  wave: { build: { mountPath, workspace: `${mountPath}/build` } },
});

const refused = (
  what: string,
  mountPath: string,
  word: string,
): RefusedCase => [
  what,
  mountedAt(mountPath),
  "wave.build.mountPath",
  [word, "/etc/wave, /work, /tmp, /dumps"],
];

const CASES: readonly RefusedCase[] = [
  refused("two mounts at the folder of dumps", "/dumps", "holds /dumps"),
  refused("two mounts at the working directory", "/work", "holds /work"),
  refused("two mounts at /tmp, written otherwise", "//tmp/.", "holds /tmp"),
  refused("a mount that hides the image's /etc", "/etc", "holds /etc/wave"),
  refused("a mount point in the read-only config", "/etc/wave/x", "/etc/wave"),
  [
    "a mount over the whole image",
    { wave: { build: { mountPath: "/", workspace: "/build" } } },
    "wave.build.mountPath",
    ["/etc/wave, /work, /tmp, /dumps, or lies"],
  ],
];

describe("classic", () => {
  testRefused(CASES);
});
describe("current", () => {
  testRefused(CASES, currentSettings);
});

test.each(["/shared", "/efs/wave/", "/work/builds", "/dumps-2", "/etcetera"])(
  "a mount at %s is accepted",
  (mountPath) => {
    const change = mountedAt(mountPath);
    expect(checkSettings(exampleSettings(change))).toEqual([]);
    expect(checkSettings(currentSettings(change))).toEqual([]);
  },
);
