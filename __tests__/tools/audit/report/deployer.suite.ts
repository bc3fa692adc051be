import { graphOf } from "../../../../tools/audit/graph";
import { deployerTables } from "../../../../tools/audit/report/deployer";
import { synthesize } from "../../../../tools/audit/synthesized";
import {
  type SettingsChange,
  currentSettings,
} from "../../../support/settings";
import { rowsOf } from "./audits";

function tablesOf(change: SettingsChange = {}, json = (text: string) => text) {
  const settings = currentSettings(change);
  const text = json(JSON.stringify(synthesize(settings)));
  const [deployer, escalation] = deployerTables(
    graphOf(JSON.parse(text) as ReturnType<typeof synthesize>),
    settings,
  );
  const rows = rowsOf(escalation);
  return {
    deployer,
    escalation,
    open: rows.filter(({ Verdict }) => Verdict !== "denied"),
    verdict: (way: string) =>
      rows.find(({ Way = "" }) => Way.startsWith(way))?.Verdict,
  };
}

const BOUND: SettingsChange = {
  iam: {
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/company-boundary",
  },
};

test("without a boundary the deployer can give itself every right, and that has to be looked at", () => {
  const { escalation, open, verdict } = tablesOf();
  expect(verdict("write any right into a role")).toBe("allowed");
  expect(verdict("make a role of the environment's")).toBe("allowed");
  expect(escalation?.summary?.[0]).toMatch(
    /^The deployer can give itself every right of the account: write any/,
  );
  expect(escalation?.look).toHaveLength(1);
  expect(open.map(({ Way }) => Way)).toEqual([
    "write any right into a role of the environment, and let oneself take it",
    "make a role of the environment's names, and take it",
    "pass a role of the environment to an instance and start it",
    "make a node group with a launch template of one's own",
    "give anybody an entry into the cluster",
    "change the policy of a key of the environment",
  ]);
});

test("with a boundary it stays inside of it", () => {
  const { escalation, verdict } = tablesOf(BOUND);
  expect(verdict("write any right into a role")).toBe(
    "allowed inside the boundary",
  );
  expect(verdict("take the boundary off")).toBe("denied");
  expect(escalation?.summary?.[0]).toBe(
    "The deployer can give itself every right that the permissions boundary leaves, and none beyond it.",
  );
  expect(escalation?.look).toEqual([]);
});

test("a deployer with a name of the environment may write into itself", () => {
  const { verdict } = tablesOf({
    access: { deployer: "arn:aws:iam::123456789012:role/wave-prod-euc1-ops" },
  });
  expect(verdict("write rights into itself")).toBe("allowed");
  expect(tablesOf().verdict("write rights into itself")).toBe("denied");
});

test("the state's policy is what the state's stack prints", () => {
  const sids = (json?: (text: string) => string) =>
    tablesOf({}, json)
      .deployer?.rows.filter((row) => row.at(-1) === "state")
      .map((row) => row.at(-2));
  expect(sids()).toContain("ReadAndWriteState");
  expect(
    sids((text) => text.replaceAll("ReadAndWriteState", "Something")),
  ).toContain("Something");
});
