import { examinedBy } from "../../../support/fake-aws";
import { currentSettings } from "../../../support/settings";
import { examine } from "../../../../tools/operate/doctor/check";
import { permissionChecks } from "../../../../tools/operate/doctor/permissions";
import { doctorPolicy } from "../../../../tools/operate/doctor/policy";
import { reportOf } from "../../../../tools/operate/doctor/report";
import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import { isAllowed } from "../../../../tools/lab/deployer/evaluate";
import { type PolicyDocument } from "../../../../modules/lib/policy";

const settings = currentSettings();
const documents = deployerPolicies(settings);

interface Input {
  readonly ActionNames: readonly string[];
  readonly ResourceArns?: readonly string[];
  readonly ContextEntries: readonly {
    readonly ContextKeyName: string;
    readonly ContextKeyValues: readonly string[];
  }[];
}

const asked = async (attached: readonly PolicyDocument[]) =>
  reportOf(
    "prod",
    await examine(
      permissionChecks(
        examinedBy(settings, {
          SimulatePrincipalPolicy: ({
            ActionNames,
            ResourceArns = ["*"],
            ContextEntries,
          }: Input) => ({
            EvaluationResults: ActionNames.map((action) => ({
              EvalActionName: action,
              EvalDecision: isAllowed(attached, {
                action,
                resource: ResourceArns[0],
                context: Object.fromEntries(
                  ContextEntries.map((entry) => [
                    entry.ContextKeyName,
                    entry.ContextKeyValues,
                  ]),
                ),
              })
                ? "allowed"
                : "implicitDeny",
            })),
          }),
        }),
      ),
      1000,
    ),
  );

test("the documents of the deployer allow all that is asked", async () => {
  const { findings, notAsked, passed } = await asked(Object.values(documents));
  expect([...findings, ...notAsked]).toEqual([]);
  expect(passed.length).toBeGreaterThan(20);
});

test.each(Object.keys(documents).filter((name) => name !== "state-bucket"))(
  "without %s something is missed, with the file that has it",
  async (name) => {
    const { findings } = await asked(
      Object.entries(documents)
        .filter(([one]) => one !== name && one !== "state-bucket")
        .map(([, document]) => document),
    );
    expect(findings.map(({ path }) => path)).toContain("access.deployer");
    expect(
      findings.some(({ fix }) => fix.includes(`deployer-${name}.json`)),
    ).toBe(true);
  },
);

test("who may not simulate learns nothing", async () => {
  const outcomes = await examine(
    permissionChecks(examinedBy(settings, {})),
    1000,
  );
  expect(outcomes.every(({ state }) => state === "not asked")).toBe(true);
});

test("the doctor's own policy only reads", () => {
  const actions = doctorPolicy(settings).Statement.flatMap(
    ({ Action }) => Action,
  );
  for (const action of actions)
    expect(action).toMatch(/:(Get|List|Describe|Simulate)/);
});
