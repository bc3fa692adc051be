import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { defaultOf } from "../../modules/settings/describe";
import { pathSteps, valueAt } from "../../modules/settings/path";
import { everyKey, generatedFiles } from "../../modules/settings/reference";
import { settingsSchema } from "../../modules/settings/schema";
import { checkSettings } from "../../modules/rules/settings";

const text = readFileSync(projectFile("settings/example.yaml"), "utf8");
/** The example with every key that is commented out taken in: `#key: value`, also in commented sections. */
const everything: unknown = parse(
  text.replace(/^( *)#((?: {2})*[A-Za-z]\w*:)/gm, "$1$2"),
  { uniqueKeys: true },
);

/** `access.admins[].policy` → the first entry's. */
const inExample = (path: string): unknown =>
  valueAt(everything, pathSteps(path.replace("[]", "[0]")));

/** Keys of the other back ends, which one file cannot have besides s3. */
const OTHER_KINDS = [
  "backend.organization",
  "backend.project",
  "backend.hostname",
];

describe("settings/example.yaml", () => {
  test("is right as it stands", () => {
    const settings = settingsSchema.parse(parse(text));
    expect(checkSettings(settings)).toEqual([]);
  });

  test("has the right shape with every comment taken in", () => {
    expect(settingsSchema.safeParse(everything).error?.issues ?? []).toEqual(
      [],
    );
  });

  test("shows every key", () => {
    const missing = everyKey()
      .map(({ path }) => path)
      .filter((path) => !OTHER_KINDS.includes(path))
      .filter((path) => inExample(path) === undefined);
    expect(missing).toEqual([]);
  });

  test("shows the schema's defaults in its comments", () => {
    const set = parse(text) as unknown;
    const wrong = everyKey().filter(({ path, schema }) => {
      const isSet =
        valueAt(set, pathSteps(path.replace("[]", "[0]"))) !== undefined;
      const value = defaultOf(schema);
      return (
        value !== undefined &&
        !isSet &&
        JSON.stringify(inExample(path)) !== JSON.stringify(value)
      );
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("names the schema for editors in its first line", () => {
    expect(text.split("\n")[0]).toBe(
      "# yaml-language-server: $schema=settings.schema.json",
    );
  });
});

describe("generated files", () => {
  const generated = generatedFiles();

  test.each(Object.entries(generated))(
    "%s is fresh (npm run generate)",
    (path, fresh) => {
      expect(readFileSync(projectFile(path), "utf8")).toBe(fresh);
    },
  );

  test("the reference tells every key with its meaning", () => {
    const told = (generated["docs/settings.md"] ?? "")
      .split("\n")
      .map((line) => line.split(" | "))
      .filter((cells) => cells.length === 4 && /\w/.test(cells[3] ?? ""))
      .map(([key]) => key);
    expect(told).toEqual(
      expect.arrayContaining(everyKey().map(({ path }) => `| \`${path}\``)),
    );
  });
});
