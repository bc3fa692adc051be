import { deployInTurn } from "../../../../tools/operate/deploy/in-turn";
import { type Standing } from "../../../../tools/operate/deploy/what-goes";
import { type Meaning } from "../../../../tools/operate/plan/meaning";
import {
  type PlannedStack,
  type StackPlan,
} from "../../../../tools/operate/plan/plan-target";
import { type Target } from "../../../../tools/operate/target";
import { currentSettings } from "../../../support/settings";
import { recordedTerminal } from "../../../support/terminal";

const target: Target = {
  environment: "prod",
  settings: currentSettings(),
  file: "settings/prod.yaml",
  source: "settings/prod.yaml",
  notices: [],
  outdir: "/nowhere",
  stacks: ["network", "data", "identity"],
  env: {},
};

const planned = (
  stack: string,
  rest: Partial<PlannedStack> = {},
): PlannedStack => ({
  stack,
  state: "planned",
  changed: true,
  created: 0,
  updated: 1,
  replaced: 0,
  destroyed: 0,
  changes: [],
  meanings: [],
  plannedWith: [],
  ...rest,
});

const waits = (stack: string): StackPlan => ({
  stack,
  state: "waits",
  waitsFor: "network",
  missing: ["alarm_topic_arn"],
  neverDeployed: false,
});

const LOSES: Meaning = {
  kind: "loses data",
  text: "loses 1 ECR repository",
  addresses: ["aws_ecr_repository.build"],
};

/** @param standing Resources of each stack. @param later What a stack's plan is when its turn comes. */
async function deploy(
  plans: readonly StackPlan[],
  {
    standing = {},
    later = planned,
    acceptsLoss = false,
    fails,
  }: {
    standing?: Readonly<Record<string, number>>;
    later?: (stack: string) => StackPlan;
    acceptsLoss?: boolean;
    fails?: string;
  } = {},
) {
  const did: string[] = [];
  const terminal = recordedTerminal();
  const ended = await deployInTurn(
    target,
    plans,
    { acceptsLoss, terminal },
    {
      deployStacks: (_target, stacks = []) => {
        did.push(`deploy ${stacks.join(" ")}`);
        return Promise.resolve(!stacks.includes(fails ?? ""));
      },
      planAlone: (_target, stack) => {
        did.push(`plan ${stack}`);
        return Promise.resolve(later(stack));
      },
      standingIn: ({ stacks }) =>
        Promise.resolve(
          stacks.map((stack): Standing => ({
            stack,
            resources: standing[stack] ?? 0,
            stores: [],
          })),
        ),
    },
  );
  return { did, ended, text: terminal.printed.join("\n") };
}

test("a first deploy is one command: what waits has nothing to lose", async () => {
  const { did, ended } = await deploy([
    planned("network"),
    waits("data"),
    waits("identity"),
  ]);
  expect(did).toEqual(["deploy network data identity"]);
  expect(ended).toEqual({ done: true });
});

test("a stack that stands and waited is planned when its turn comes, and refused where data would go", async () => {
  const { did, ended, text } = await deploy(
    [planned("network"), waits("data"), waits("identity")],
    {
      standing: { data: 40 },
      later: (stack) => planned(stack, { meanings: [LOSES] }),
    },
  );
  expect(did).toEqual(["deploy network", "plan data"]);
  expect(ended).toMatchObject({ done: false, stopped: { stack: "data" } });
  expect(text).toContain("Refused: data would be lost in data");
  expect(text).toContain("Deployed: network. Not deployed: data, identity.");
});

test("where none would go, the rest is deployed stack by stack", async () => {
  const { did, ended } = await deploy(
    [planned("network"), waits("data"), planned("identity")],
    { standing: { data: 40 } },
  );
  expect(did).toEqual([
    "deploy network",
    "plan data",
    "deploy data",
    "deploy identity",
  ]);
  expect(ended).toEqual({ done: true });
});

test("a plan made with outputs that are others by then is made again", async () => {
  const { did } = await deploy([
    planned("network"),
    planned("data"),
    planned("identity", {
      plannedWith: [{ stack: "data", changedOutputs: ["redis_host"] }],
    }),
  ]);
  expect(did).toEqual([
    "deploy network data",
    "plan identity",
    "deploy identity",
  ]);
});

test("where data may go, it is one command; where a deploy fails, nothing comes after it", async () => {
  const plans = [planned("network"), waits("data"), waits("identity")];
  const standing = { data: 40, identity: 3 };
  expect((await deploy(plans, { standing, acceptsLoss: true })).did).toEqual([
    "deploy network data identity",
  ]);
  const failed = await deploy(plans, { standing, fails: "data" });
  expect(failed.did).toEqual(["deploy network", "plan data", "deploy data"]);
  expect(failed.ended).toEqual({ done: false });
});
