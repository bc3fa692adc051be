import { graphOf } from "../../../../tools/audit/graph";
import { DEPENDENT_ACTIONS } from "../../../../tools/lab/deployer/dependent-actions";
import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import {
  MANAGED_POLICY_LIMIT,
  lengthOf,
} from "../../../../tools/operate/deployer/parts";
import {
  partitionOf,
  shortRegion,
} from "../../../../modules/lib/aws-partition";
import { type Settings } from "../../../../modules/schema";
import { ABUSES } from "./abuses";
import { checkSettings } from "../../../../modules/rules";
import { DEEP } from "../../../support/deep";
import { environmentOf } from "../../../support/environment";
import {
  type PlainCall,
  isAllowedBy,
} from "../../../support/simulate-principal";
import { type Asked, type Phase, askedIn } from "./asked";
import { VARIANTS } from "./variants";

/** In `npm test` one of each kind of Wave and of partition; `npm run check:deep` asks for all of them. */
const QUICK = [
  "classic",
  "current",
  "lite",
  "current, in China",
  "on a cluster that exists",
  "pipelines",
  "services",
  "Prefect",
];

const variants = Object.entries(VARIANTS)
  .filter(([name]) => DEEP || QUICK.includes(name))
  .map(([name, settings]) => ({
    name,
    settings,
    graph: graphOf(environmentOf(settings).stacks),
  }));

type Documents = Parameters<typeof isAllowedBy>[0];

/** Answers so far: variants ask much alike. */
const answers = new Map<string, Promise<boolean | undefined>>();

function ask(
  documents: Documents,
  call: PlainCall,
): Promise<boolean | undefined> {
  const Statement = documents
    .flatMap((document) => document.Statement)
    .filter(({ Action }) => [Action].flat().includes(call.does));
  const key = JSON.stringify([Statement, call]);
  const answer = answers.get(key) ?? isAllowedBy(documents, call);
  answers.set(key, answer);
  return answer;
}

/** Calls of a phase that the policies refuse. */
async function refused(
  documents: Documents,
  asked: readonly Asked[],
): Promise<string[]> {
  const found = await Promise.all(
    asked.map(async ({ address, does, on }) => {
      const given = await Promise.all(on.map((call) => ask(documents, call)));
      const isKnown = given.some((answer) => answer !== undefined);
      const works = isKnown
        ? !given.includes(false)
        : await ask(documents, { ...on[0], does, to: "*" });
      return works === true
        ? []
        : [`${address}: ${does} on ${on.map(({ to }) => to).join(", ")}`];
    }),
  );
  return [...new Set(found.flat())];
}

/** A call of the example, in the region and partition of a variant. */
const there = (call: PlainCall, { region }: Settings): PlainCall =>
  JSON.parse(
    JSON.stringify(call)
      .replaceAll("eu-central-1", region)
      .replaceAll("euc1", shortRegion(region))
      .replaceAll("arn:aws:", `arn:${partitionOf(region)}:`),
  ) as PlainCall;

const PHASES: readonly Phase[] = ["deploy", "plan", "change", "destroy"];

describe.each(variants)("$name", ({ settings, graph }) => {
  test("is an environment that the rules accept", () => {
    expect(checkSettings(settings)).toEqual([]);
  });

  test.each(PHASES)("%s: every call is allowed", async (phase) => {
    // A destroy begins with retain off, and with the policies that are printed then.
    const then =
      phase === "destroy" ? { ...settings, retain: false } : settings;
    const asked = askedIn(graph, phase);
    expect(asked.length).toBeGreaterThan(50);
    expect(await refused(Object.values(deployerPolicies(then)), asked)).toEqual(
      [],
    );
  });

  test("no call of the list of abuses is allowed", async () => {
    const documents = Object.values(deployerPolicies(settings));
    const allowed = await Promise.all(
      ABUSES.map(async ([sentence, call]) =>
        (await ask(documents, there(call, settings))) === true
          ? [sentence]
          : [],
      ),
    );
    expect(allowed.flat()).toEqual([]);
  });

  test.each([
    ["its names", settings.name, settings.environment],
    ["the longest names", "a-very-long-name-26x", "staging-eu12"],
  ])("the policies fit IAM, with %s", (_, name, environment) => {
    const documents = Object.values(
      deployerPolicies({ ...settings, name, environment, retain: false }),
    );
    expect(
      documents.map(lengthOf).filter((length) => length > MANAGED_POLICY_LIMIT),
    ).toEqual([]);
    // Ten policies to a role are AWS's default quota; the state's own is one.
    expect(documents.length).toBeLessThanOrEqual(9);
  });

  test("everything of EC2 that can have tags has its Name", () => {
    const nameless = graph.subjects
      .filter(
        ({ type, body }) =>
          TAGGED_IN_EC2.has(type) &&
          !JSON.stringify(body.tags ?? {}).includes('"Name"'),
      )
      .map(({ address }) => address);
    expect(nameless).toEqual([]);
  });
});

const TAGGED_IN_EC2 = new Set([
  "aws_default_security_group",
  "aws_eip",
  "aws_flow_log",
  "aws_internet_gateway",
  "aws_launch_template",
  "aws_nat_gateway",
  "aws_route_table",
  "aws_security_group",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_ingress_rule",
]);

test("without policies every call is refused", async () => {
  const [{ graph } = { graph: graphOf({}) }] = variants;
  const asked = askedIn(graph, "deploy");
  expect((await refused([], asked)).length).toBe(
    new Set(asked.map(({ address, does }) => `${address} ${does}`)).size,
  );
});

test("no dependent action is needed and never needed at once", () => {
  for (const { needs, never = {} } of Object.values(DEPENDENT_ACTIONS))
    expect(needs.filter((action) => action in never)).toEqual([]);
});
