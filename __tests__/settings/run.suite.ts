import { runApp } from "../support/app-command";
import { fileOf } from "../support/settings-files";

describe("the app command", () => {
  test("with bad settings prints the report to stderr, exits with 1 and writes nothing", () => {
    const text = fileOf({ network: { zones: ["a"] }, wave: { replica: 2 } });
    const result = runApp(text, { TF_LOG: "DEBUG" });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("3 problems");
    expect(result.stderr).toContain("network.zones");
    expect(result.stderr).toContain("write replicas");
    expect(result.stderr).toContain("environment variable TF_LOG");
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.stdout).toBe("");
    expect(result.outdir).toBe(false);
  });

  test("with good settings synthesizes, and keeps stderr empty: the CLI prints it as an error", () => {
    const result = runApp(fileOf());
    expect(result.stderr).toBe("");
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/^Note: Wave 1\.3\.3 serves old clients/);
    expect(result.wrote).toBe(true);
  });
});
