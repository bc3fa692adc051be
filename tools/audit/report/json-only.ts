import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { type Finding } from "../evaluate";
import { type Graph, type StackJson } from "../graph";
import { rules } from "../rules";
import { type InventoryEntry, inventoryTable } from "./inventory";
import { resourcePolicies } from "./permissions";
import { rulesTable } from "./rules";
import { outputsTable } from "./state";
import { type TracedStacks } from "./synth";
import { type Table, distinct } from "./table";

/** Names become names of files: they may hold nothing that leads out of a folder. */
const name = z.string().regex(/^[\w-]+$/);
const block = z.record(z.union([z.literal("//"), name]), z.unknown());
const blocks = z.record(name, z.record(name, block)).optional();
/** `cdk.tf.json` as CDKTF writes it, as far as it is read. */
const stackSchema = z.looseObject({
  resource: blocks,
  data: blocks,
  ephemeral: blocks,
  provider: z.record(name, z.array(block)).optional(),
  output: z.record(name, z.looseObject({ value: z.unknown() })).optional(),
  terraform: z
    .looseObject({ backend: z.record(name, block).optional() })
    .optional(),
});

/**
 * The stacks that a synth of any CDKTF project left: `stacks/<id>/cdk.tf.json`. Nothing else of the folder is read.
 *
 * @throws ProblemReport for a folder without stacks, and for every file that is no JSON of CDKTF.
 */
export function readStacks(folder: string): TracedStacks {
  const below = join(folder, "stacks");
  const ids = isFolder(below)
    ? readdirSync(below)
        .filter((id) => existsSync(join(below, id, "cdk.tf.json")))
        .sort()
    : [];
  if (ids.length === 0)
    throw new ProblemReport(folder, [
      {
        path: "stacks/*/cdk.tf.json",
        given: "no such file",
        allowed: "a folder that a synth of CDKTF wrote, usually cdktf.out",
        fix: "run cdktf synth in that project, and name its folder",
      },
    ]);
  const texts = Object.fromEntries(
    ids.map((id) => [id, readFileSync(join(below, id, "cdk.tf.json"), "utf8")]),
  );
  const problems: Problem[] = [];
  const stacks = Object.fromEntries(
    Object.entries(texts).map(([id, text]) => [
      id,
      stackIn(id, text, (given) =>
        problems.push({
          path: `stacks/${id}/cdk.tf.json`,
          given,
          allowed: "JSON of Terraform as CDKTF writes it",
          fix: "run cdktf synth again",
        }),
      ),
    ]),
  );
  if (problems.length > 0) throw new ProblemReport(folder, problems);
  return { texts, stacks, beside: {} };
}

const isFolder = (path: string): boolean =>
  existsSync(path) && statSync(path).isDirectory();

function stackIn(
  id: string,
  text: string,
  refuse: (given: string) => void,
): StackJson {
  if (!name.safeParse(id).success)
    refuse("a name with other signs than letters, digits, - and _");
  try {
    const { data, error } = stackSchema.safeParse(JSON.parse(text));
    const [issue] = error?.issues ?? [];
    if (issue !== undefined)
      refuse(`at ${issue.path.join(".") || "its top"}: ${issue.message}`);
    return data ?? {};
  } catch {
    refuse("a text that is no JSON");
    return {};
  }
}

/** Tables that the JSON of any project proves. Notes that speak of this project, and short answers, are not repeated. */
export const jsonTables = (
  graph: Graph,
  stacks: TracedStacks["stacks"],
  findings: readonly Finding[],
  inventory: readonly InventoryEntry[],
): Table[] => [
  resourcePolicies(graph),
  {
    ...outputsTable(graph, stacks),
    note: "Outputs of the stacks. Nobody asked whether one is a secret.",
  },
  {
    ...inventoryTable(inventory),
    note: "Every resource and ephemeral block. Data sources, which change nothing, are in the JSON only.",
  },
  {
    ...rulesTable(rules, findings, [], new Set()),
    note: "Rules of Wave on EKS, asked of resources of the types that they know. A resource of another type is judged by none, and a rule that holds for none says nothing.",
    look: brokenIn(inventory),
  },
];

/** Each broken rule with the resources that break it. */
const brokenIn = (inventory: readonly InventoryEntry[]): string[] =>
  distinct(inventory.flatMap(({ failed }) => failed)).map((rule) => {
    const by = inventory.filter(({ failed }) => failed.includes(rule));
    return `${rule} is broken by ${by.map(({ subject }) => subject.path).join(", ")}.`;
  });

/** What the first page begins with. */
export const JSON_LEAD =
  "Read from JSON alone, without settings, source code and registers of a project: much less than an audit of an environment.";

/** What is not there, and why; and what is not proved. */
export const JSON_LIMITS: readonly (readonly [string, string])[] = [
  [
    "Left out for want of settings",
    "access, escalation, deployer, permissions, trusts, secrets, state, images, versions: they need account, region, names and who deploys. The folders deployer/ and kubernetes/, sbom.cdx.json, REPRODUCE.md.",
  ],
  [
    "Left out for want of registers",
    "exceptions, risks, cis, scanner: they are of the project that keeps them, so that every broken rule counts as one.",
  ],
  [
    "Left out because it is read as this project writes it",
    "data, personal-data, network, open, paths, kubernetes-permissions: with resources of other types their sentences would be false. The rules as tests of Terraform.",
  ],
  [
    "The line that makes a resource",
    "It is noted while the synth runs; the JSON has the path of the construct only.",
  ],
  [
    "References between stacks",
    "They are followed where an output is read by the name of its stack. Those that CDKTF makes by itself are not.",
  ],
  [
    "That it is deployed so",
    "This is what Terraform is asked to make, not what an account holds.",
  ],
];
