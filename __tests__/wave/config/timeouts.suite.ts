import { withRelease } from "../../../modules/wave/release/release";
import {
  idleTimeoutSeconds,
  secondsOf,
} from "../../../modules/wave/config/timeouts";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";

test.each([
  ["45s", 45],
  ["15m", 900],
  ["2h", 7200],
])("%s is %d seconds", (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});

test("connections may be silent for the longest build and 10 seconds, or as set", () => {
  expect(idleTimeoutSeconds(withRelease(exampleSettings()))).toBe(910);
  expect(
    idleTimeoutSeconds(
      withRelease(exampleSettings({ wave: { build: { timeout: "1h" } } })),
    ),
  ).toBe(3610);
  expect(
    idleTimeoutSeconds(
      withRelease(
        exampleSettings({ wave: { ingress: { idleTimeoutSeconds: 1200 } } }),
      ),
    ),
  ).toBe(1200);
});

test("CFG-05: on the current line the build of a trusted user counts too; Wave Lite builds nothing", () => {
  const seconds = (build: object) =>
    idleTimeoutSeconds(withRelease(currentSettings({ wave: { build } })));
  expect(seconds({})).toBe(1510);
  expect(seconds({ trustedTimeout: "1h" })).toBe(3610);
  expect(seconds({ timeout: "40m" })).toBe(2410);
  expect(idleTimeoutSeconds(withRelease(liteSettings()))).toBe(910);
});
