import {
  type ReadFolder,
  diffOf,
  wrapped,
} from "../../../tools/audit/diff/report";
import {
  blocksOf,
  structuralChanges,
} from "../../../tools/audit/diff/structure";
import { type Json, type StackJson } from "../../../tools/audit/graph";
import { documentOf, isObject } from "../../../tools/audit/reading";
import { exampleOf, synthesize } from "../../../tools/audit/synthesized";
import { DEEP, PATIENCE } from "../../support/deep";

type Stacks = Record<string, StackJson>;

const EXAMPLES = ["example", "example-current", "example-platforms"];
const [classic = {}, current = {}, platforms = {}] = EXAMPLES.map((name) =>
  synthesize(exampleOf(`${name}.yaml`)),
);
/** A prime, so that every kind of change is met. */
const EACH = DEEP ? 1 : 37;

/** A body with one thing changed, and the attribute that it belongs to. */
type Mutant = readonly [attribute: string, body: Json];

/** Every leaf changed, as text, and gone; every list turned round; the same inside of documents kept as text. */
const mutantsOf = (body: Json): Mutant[] =>
  Object.entries(body)
    .filter(([name]) => name !== "//")
    .flatMap(([name, value]) =>
      changed(value).map((other): Mutant => [
        name,
        Object.fromEntries(
          Object.entries({ ...body, [name]: other }).filter(
            ([, one]) => one !== GONE,
          ),
        ),
      ]),
    );

const GONE = Symbol();

function changed(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const parts = list.flatMap((one, at) =>
      changed(one).map((other) =>
        other === GONE
          ? list.filter((_, index) => index !== at)
          : [...list.slice(0, at), other, ...list.slice(at + 1)],
      ),
    );
    return [GONE, [], [...list, "more"], [...list].reverse(), ...parts];
  }
  if (isObject(value))
    return [GONE, ...mutantsOf(value).map(([, body]) => body)];
  if (typeof value === "boolean") return [GONE, !value, String(value)];
  if (typeof value === "number") return [GONE, value + 1, String(value)];
  if (typeof value !== "string") return [GONE, "text"];
  const document = /^[[{]/.test(value) ? documentOf(value) : undefined;
  return [
    GONE,
    `${value} `,
    value.slice(1),
    [value],
    ...(document === undefined
      ? []
      : changed(document)
          .filter((one) => one !== GONE)
          .map((one) => JSON.stringify(one))),
  ];
}

test.each([
  ["example", classic],
  ["example-current", current],
  ["example-platforms", platforms],
])(
  "%s: every change of one attribute shows, at its block and attribute",
  (_, stacks) => {
    const blocks = Object.entries(stacks).flatMap(([stack, json]) =>
      Object.entries(blocksOf(json)).map(([address, body]) => ({
        stack,
        address,
        body,
      })),
    );
    const mutants = blocks.flatMap((block) =>
      mutantsOf(block.body)
        .filter(
          ([, mutant]) => JSON.stringify(mutant) !== JSON.stringify(block.body),
        )
        .map(([attribute, mutant]) => ({ ...block, attribute, mutant })),
    );
    const silent = mutants
      .filter((__, at) => at % EACH === 0)
      .filter(({ stack, address, body, attribute, mutant }) => {
        const of = (one: Json): Stacks => ({
          [stack]: { resource: { of: { [address]: one } } },
        });
        const found = structuralChanges(of(body), of(mutant));
        return !(
          found.length > 0 &&
          found.every(
            (one) =>
              one.address === `of.${address}` &&
              one.attribute.startsWith(attribute),
          )
        );
      });
    expect(silent.slice(0, 5)).toEqual([]);
    expect(mutants.length).toBeGreaterThan(8000);
  },
  PATIENCE,
);

const folderOf = (
  stacks: Stacks,
  more: Partial<ReadFolder> = {},
): ReadFolder => ({
  stacks,
  settings: {},
  tables: {},
  others: {},
  ...more,
});

test("the same says so, with the order of keys and CDKTF's notes another, and says what it compared", () => {
  const turned = JSON.parse(JSON.stringify(classic), (_, value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as Stacks;
  const noted = { ...turned, data: { ...turned.data, "//": { note: 1 } } };
  const { text, differs } = diffOf(folderOf(classic), folderOf(noted));
  expect(differs).toBe(false);
  expect(text).toMatch(
    /^Unchanged\.\nCompared: every attribute of every resource.* Left out: CDKTF's notes/,
  );
});

test("retain: false: the protection comes first, then the rules it breaks", () => {
  const open = synthesize({ ...exampleOf("example.yaml"), retain: false });
  const { text, differs } = diffOf(folderOf(classic), folderOf(open));
  expect(differs).toBe(true);
  const [head = "", ...lines] = text.split("\n");
  expect(head).toMatch(/^Protection taken away: \d+$/);
  expect(
    lines.filter((line) =>
      line.endsWith(" lifecycle.prevent_destroy: true -> false"),
    ).length,
  ).toBeGreaterThanOrEqual(18);
  expect(text.slice(0, text.indexOf("\n\n"))).toContain(
    "  data aws_kms_key.storage-key deletion_window_in_days: 30 -> 7\n",
  );
  expect(text).toMatch(
    /\nRules: \d+\n(?: {2}.*\n)* {2}network aws_eks_cluster\.cluster eks-cluster\/kept-cluster: .*: BROKEN now\n/,
  );
  const back = diffOf(folderOf(open), folderOf(classic)).text;
  expect(back).not.toContain("Protection taken away:");
  expect(back).toContain("no longer broken");
});

test("a block that came or went is a line, its statements have one each", () => {
  const { text } = diffOf(folderOf(classic), folderOf(current));
  for (const line of [
    `  identity aws_iam_role.wave-build {"name":"wave-prod-euc1-wave-build","path":"/"} -> none`,
    `  identity aws_iam_role_policy.wave-build_policy_C1CF93D4 policy.Statement[EcrLogin]: {"Sid":"EcrLogin","Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*"} -> none`,
    `  workloads kubernetes_role_v1.role-wave-role rule[0].resources[jobs]: none -> listed`,
  ])
    expect(text.split("\n")).toContain(line);
  expect(text).toMatch(
    /\nData: \d+\n(?: {2}.*\n)* {2}data aws_db_instance\.\S+ none -> made\n/,
  );
});

const table = (id: string, ...rows: Record<string, string>[]) => ({
  tables: { [id]: rows },
});
const entry = { Id: "EXC-01", Where: "a\nb", Approver: "" };

test.each<[string, Partial<ReadFolder>, Partial<ReadFolder>, string]>([
  [
    "a setting",
    { settings: { wave: { a: [1] } } },
    { settings: { wave: { a: [2] } } },
    "Settings: 2\n  wave.a[1]: listed -> none",
  ],
  [
    "an approver",
    table("exceptions", entry),
    table("exceptions", { ...entry, Approver: "Ann" }),
    'Exceptions: 1\n  [EXC-01].Approver: "" -> "Ann"',
  ],
  [
    "a place",
    table("risks", entry),
    table("risks", { ...entry, Where: "a\nc" }),
    "  [EXC-01].Where[c]: none -> listed",
  ],
  [
    "one of two images of a name",
    table("images", { Image: "a", V: "1" }, { Image: "a", V: "2" }),
    table("images", { Image: "a", V: "1" }),
    'Images: 1\n  [a, 2]: {"Image":"a","V":"2"} -> none',
  ],
  [
    "another table",
    table("network", entry),
    table("network"),
    "Tables: 1\n  network: 0 rows came, 1 went",
  ],
  [
    "a file",
    { others: { "charts/a.yaml": "1" } },
    { others: { "charts/a.yaml": "2", b: "3" } },
    "Other files: 2\n  charts/a.yaml: has another sum\n  b: new",
  ],
])("%s shows", (_, before, after, shown) => {
  const { text, differs } = diffOf(folderOf({}, before), folderOf({}, after));
  expect(text).toContain(shown);
  expect(differs).toBe(true);
});

test("the line of the code, and the name of the settings file, are no change", () => {
  const at = (Source: string) =>
    folderOf(
      {},
      table("resources", { Path: "a", Source, "Chosen in": Source }),
    );
  expect(diffOf(at("a.ts:1"), at("a.ts:2")).differs).toBe(false);
});

test("long values are cut to where they differ, and lines to the terminal's width", () => {
  const long = (middle: string) =>
    folderOf({
      a: {
        output: { o: { value: "x".repeat(200) + middle + "y".repeat(200) } },
      },
    });
  const { text } = diffOf(long("1"), long("2"));
  const [, line = ""] = text.split("\n");
  expect(line).toBe(
    `  a output.o value: …${"x".repeat(30)}1${"y".repeat(30)}… -> …${"x".repeat(30)}2${"y".repeat(30)}…`,
  );
  for (const part of wrapped(text, 80).split("\n"))
    expect(part.length).toBeLessThanOrEqual(80);
  expect(wrapped(text, 80).replace(/\n +/g, " ").replace(/\s+/g, " ")).toBe(
    wrapped(text).replace(/\s+/g, " "),
  );
});
