import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

const off = { enabled: false };

/** Management endpoints by name: what is not named may be open by default. */
test.each([
  ["classic", waveObjects()],
  ["current", currentObjects()],
  ["lite", liteObjects()],
])(
  "CFG-26, CFG-27: %s: every management endpoint is off by name, and health says nothing of disk and database",
  (_line, { configFile }) => {
    expect((configFile as Record<string, unknown>).endpoints).toEqual({
      env: off,
      bean: off,
      beans: off,
      caches: off,
      refresh: off,
      loggers: off,
      info: off,
      metrics: off,
      prometheus: off,
      routes: off,
      threaddump: off,
      stop: off,
      health: { enabled: true, "disk-space": off, jdbc: off },
    });
  },
);
