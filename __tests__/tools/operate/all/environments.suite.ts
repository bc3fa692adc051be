import { join } from "node:path";
import { ProblemReport } from "../../../../modules/lib/problem";
import { loadSettings } from "../../../../modules/load";
import { siblingReader } from "../../../../modules/siblings";
import {
  forAll,
  openAll,
  reportsOf,
} from "../../../../tools/operate/all/environments";
import { isAll, parallelOf } from "../../../../tools/operate/all/options";
import { type Call } from "../../../../tools/operate/cli/command";
import { openSettings } from "../../../../tools/operate/target";
import { fileOf, withSettingsFiles } from "../../../support/settings-files";
import { recordedTerminal } from "../../../support/terminal";

const dev = {
  environment: "dev",
  network: { cidr: "10.60.0.0/16" },
  wave: {
    hostname: "dev.wave.example.com",
    mail: { domain: "dev.example.com", sender: "wave@dev.example.com" },
  },
};

const files = {
  "prod.yaml": fileOf(),
  "dev.yaml": fileOf(dev),
  "broken.yaml": fileOf({ region: "mars", accountId: "1" }),
  "example-mine.yaml": fileOf(),
};

const call = (
  options: Call["options"],
  ...positionals: readonly string[]
): Call => ({
  positionals,
  options,
  variables: {},
  terminal: recordedTerminal(),
});

describe("every environment of a folder", () => {
  test("in the order of names, without examples; a file with problems stops no other", () => {
    const all = withSettingsFiles(files, (SETTINGS_DIR) =>
      openAll({ SETTINGS_DIR }, openSettings),
    );
    expect(all.map(({ environment }) => environment)).toEqual([
      "broken",
      "dev",
      "prod",
    ]);
    expect(all[0]?.report?.problems.map(({ path }) => path)).toEqual([
      "region",
      "accountId",
    ]);
    expect(reportsOf(all)).toContain("broken.yaml: 2 problems");
  });

  test("each has a folder of its own in CDKTF_OUTPUT", () => {
    const all = withSettingsFiles(files, (SETTINGS_DIR) =>
      openAll({ SETTINGS_DIR, CDKTF_OUTPUT: "/out" }, openSettings),
    );
    expect(
      all.map((one) =>
        one.report === undefined ? one.value.outdir : undefined,
      ),
    ).toEqual([undefined, "/out/dev", "/out/prod"]);
  });

  test("a folder with examples only is refused", () => {
    withSettingsFiles({ "example.yaml": fileOf() }, (SETTINGS_DIR) => {
      expect(() => openAll({ SETTINGS_DIR }, openSettings)).toThrow(
        /no settings file but examples/,
      );
    });
  });
});

describe("one reader of neighbours for all", () => {
  test("finds what a reader for each finds", () => {
    const twins = { ...files, "twin.yaml": fileOf({ wave: dev.wave }) };
    const found = withSettingsFiles(twins, (SETTINGS_DIR) => {
      const shared = siblingReader();
      return ["prod", "dev", "twin"].map((ENVIRONMENT) =>
        [undefined, shared].map((read) => {
          try {
            return loadSettings({ SETTINGS_DIR, ENVIRONMENT }, read).notices;
          } catch (error) {
            return (error as ProblemReport).problems;
          }
        }),
      );
    });
    for (const [own, shared] of found) expect(shared).toEqual(own);
    expect(JSON.stringify(found)).toContain("wave-prod in eu-central-1");
  });

  test("parses a file once", () => {
    withSettingsFiles(files, (folder) => {
      const read = siblingReader();
      const first = read(join(folder, "dev.yaml")).neighbour();
      expect(first?.settings.environment).toBe("dev");
      expect(read(join(folder, "dev.yaml")).neighbour()).toBe(first);
    });
  });
});

describe("work on all", () => {
  const opened = ["a", "b", "c", "d", "e"].map((environment) => ({
    environment,
    value: environment,
  }));

  test("runs no more at a time than it may, and keeps the order", async () => {
    let running = 0;
    let most = 0;
    const outcomes = await forAll(opened, 2, async (name) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) =>
        setTimeout(resolve, name === "a" ? 30 : 5),
      );
      running -= 1;
      return name.toUpperCase();
    });
    expect(most).toBe(2);
    expect(outcomes).toEqual(
      opened.map(({ environment }) => ({
        environment,
        value: environment.toUpperCase(),
      })),
    );
  });

  test("what a reader has to mend is the outcome of one; a fault of the program is thrown", async () => {
    const report = new ProblemReport("b", []);
    const refuse = (error: Error) =>
      forAll(opened, 3, (name) =>
        name === "b" ? Promise.reject(error) : Promise.resolve(name),
      );
    const outcomes = await refuse(report);
    expect(outcomes[1]?.report).toBe(report);
    expect(outcomes[4]).toEqual({ environment: "e", value: "e" });
    await expect(refuse(new TypeError("ours"))).rejects.toThrow("ours");
  });
});

describe("the options", () => {
  test("--all beside a name is refused", () => {
    expect(isAll(call({ all: true }))).toBe(true);
    expect(isAll(call({}, "prod"))).toBe(false);
    expect(() => isAll(call({ all: true }, "prod"))).toThrow(
      /leave out prod, or --all/,
    );
  });

  test("--parallel is a whole number from 1 on", () => {
    expect(parallelOf(call({}))).toBe(2);
    expect(parallelOf(call({ parallel: "8" }))).toBe(8);
    for (const parallel of ["0", "-1", "2.5", "many", ""])
      expect(() => parallelOf(call({ parallel }))).toThrow(/--parallel/);
  });
});
