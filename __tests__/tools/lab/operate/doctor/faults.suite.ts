import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { openTarget } from "../../../../../tools/operate/target";
import { FAULTS } from "../../../../../tools/lab/operate/doctor/faults";
import { labSettings, patched } from "../../../../../tools/lab/settings";

const folder = mkdtempSync(join(tmpdir(), "doctor-faults-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// What the rules of the settings refuse, the doctor never asks anybody.
test.each(FAULTS.filter(({ patch }) => patch !== undefined))(
  "$name: settings that load",
  ({ patch = {} }) => {
    const settings = labSettings("current", {
      retain: false,
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
    });
    writeFileSync(
      join(folder, "lab.yaml"),
      stringify(patched(settings, patch)),
    );
    expect(() => openTarget("lab", { SETTINGS_DIR: folder })).not.toThrow();
  },
);
