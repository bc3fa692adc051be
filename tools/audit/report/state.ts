import { type Graph, type StackJson } from "../graph";
import { first, isObject } from "../reading";
import { shown, textOf } from "./shown";
import { type Table, lines } from "./table";

type Stacks = Readonly<Record<string, StackJson>>;

/** Where each stack's state is, which stacks read it, and which secrets it holds. */
export const stateTable = (stacks: Stacks, secrets: Table): Table => ({
  id: "state",
  title: "State",
  note: "A stack reads the outputs of another from its state, and so may read all of it: whoever deploys reads every state. The policy that this needs is the output deployer_policy of stack state.",
  columns: ["Stack", "Kept in", "Read by", "Secrets in it"],
  rows: Object.entries(stacks).map(([stack, json]) => [
    stack,
    placeOf(json),
    lines(
      Object.keys(stacks).filter((reader) => readsState(stacks[reader], stack)),
    ),
    lines(
      secrets.rows
        .filter(([, , , , states = ""]) => states.split("\n").includes(stack))
        .map(([secret = ""]) => secret),
    ) || "none",
  ]),
});

function placeOf({ terraform = {} }: StackJson): string {
  const [kind = "none", body] =
    Object.entries(first(terraform, "backend") ?? {})[0] ?? [];
  if (terraform.cloud !== undefined) return cloudPlace(terraform.cloud);
  const file = textOf(first(body, "path") ?? first(body, "key"));
  const bucket = textOf(first(body, "bucket"));
  return [
    kind,
    ...(bucket === "" ? [] : [`bucket ${bucket}`]),
    ...(file === "" ? [] : [file]),
  ].join(": ");
}

/** Host, organization, project where one is named, and workspace. */
const cloudPlace = (cloud: unknown): string =>
  [
    `Terraform Cloud: ${textOf(first(cloud, "hostname")) || "app.terraform.io"}`,
    `organization ${textOf(first(cloud, "organization"))}`,
    ...[textOf(first(cloud, "workspaces.project"))]
      .filter((project) => project !== "")
      .map((project) => `project ${project}`),
    `workspace ${textOf(first(cloud, "workspaces.name"))}`,
  ].join(", ");

const readsState = (json: StackJson | undefined, stack: string): boolean => {
  const data = first(json?.data, "terraform_remote_state");
  return isObject(data) && stack in data;
};

/** What crosses between stacks, and what people are told. */
export const outputsTable = (graph: Graph, stacks: Stacks): Table => ({
  id: "outputs",
  title: "Outputs",
  note: "All that crosses between stacks. No output is a secret: they are ids, names, ARNs, addresses and commands.",
  columns: ["Stack", "Output", "Description", "Value", "Read by"],
  rows: Object.entries(stacks).flatMap(([stack, { output = {} }]) =>
    Object.entries(output).map(([name, block]) => [
      stack,
      name,
      textOf(first(block, "description")),
      shown(
        graph,
        stack,
        typeof block.value === "string"
          ? block.value
          : JSON.stringify(block.value),
      ),
      lines(
        Object.keys(stacks).filter((reader) =>
          readsOutput(stacks[reader], stack, name),
        ),
      ),
    ]),
  ),
});

const readsOutput = (
  json: StackJson | undefined,
  stack: string,
  name: string,
): boolean =>
  new RegExp(`terraform_remote_state\\.${stack}\\.outputs\\.${name}\\b`).test(
    JSON.stringify(json),
  );
