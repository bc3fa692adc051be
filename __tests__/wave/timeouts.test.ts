import { idleTimeoutSeconds, secondsOf } from "../../modules/wave/timeouts";
import { exampleSettings } from "../support/settings";

test.each([
  ["45s", 45],
  ["15m", 900],
  ["2h", 7200],
])("%s is %d seconds", (duration, seconds) => {
  expect(secondsOf(duration)).toBe(seconds);
});

test("DEC-32: connections may be silent for the longest build and 10 seconds, or as set", () => {
  expect(idleTimeoutSeconds(exampleSettings())).toBe(910);
  expect(
    idleTimeoutSeconds(exampleSettings({ wave: { build: { timeout: "1h" } } })),
  ).toBe(3610);
  expect(
    idleTimeoutSeconds(
      exampleSettings({ wave: { ingress: { idleTimeoutSeconds: 1200 } } }),
    ),
  ).toBe(1200);
});
