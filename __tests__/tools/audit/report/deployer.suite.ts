import { graphOf } from "../../../../tools/audit/graph";
import { deployerTables } from "../../../../tools/audit/report/deployer";
import { deployerFiles } from "../../../../tools/operate/deployer/files";
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
    row: (way: string) => rows.find(({ Way = "" }) => Way.startsWith(way)),
    verdict: (way: string) =>
      rows.find(({ Way = "" }) => Way.startsWith(way))?.Verdict,
  };
}

const CURRENT = tablesOf();
const CLOUD: SettingsChange = {
  backend: { kind: "cloud", organization: "acme", project: "wave" },
};
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
  expect(escalation?.look?.[0]).toContain(
    "would hold the roles that it writes within one, not the 25 ways by what it may do itself",
  );
  expect(open.slice(0, 4).map(({ Way }) => Way)).toEqual([
    "write any right into a role of the environment, and let oneself take it",
    "make a role of the environment's names, and take it",
    "pass a role of the environment to an instance and start it",
    "make a node group with a launch template of one's own",
  ]);
  expect(escalation?.summary?.slice(1)).toEqual([
    expect.stringMatching(/^29 of \d+ known ways are open\. To more rights: /),
    "Over what the environment has, by what the deployer may do itself: give anybody an entry into the cluster; change the policy of a key, a bucket, a repository, a file system, a topic of the environment; let anybody use the cluster's key by a grant; set the password of a database, Redis of the environment; copy Redis of the environment by a snapshot, with a password of one's own; lead a host name of the environment elsewhere.",
    "Over what others have: restore a database's snapshot, a backup of others; remove a network interface of others; change the security groups of a network interface of others; write records of mail keys (DKIM) of other senders of the domain; start an instance from any image, in any subnet and security group of the account or with a network interface that is free, by a launch template of one's own; read secrets of others whose names begin as the environment's; copy what others have into the environment's vault, by a plan of one's own; decrypt with a key without a Name through a service; tag as one of the environment, and then change or remove, a key (no alias), a certificate, a security group, a backup plan, an issuer of another cluster without a Name.",
  ]);
});

test.each([
  ["a key (no alias)", "TagNewKeys", "OwnKeys"],
  ["a certificate", "TagNewCertificate", "OwnCertificate"],
  ["a security group", "TagDefaultGroup", "ChangeOwn"],
  ["a backup plan", "TagNewPlan", "OwnPlan"],
  ["an issuer of another cluster", "TagNewIssuer", "OwnIssuer"],
])("a tag takes over %s only where it has no Name", (thing, tags, changes) => {
  const { row, verdict } = CURRENT;
  const statements = row(`tag ${thing} without a Name`)?.["By statement"];
  expect(statements?.split("\n").map((one) => one.split(" ")[0])).toEqual([
    tags,
    changes,
  ]);
  // Whether a key has an alias is no choice of who asks.
  expect(statements).not.toContain("ResourceAliases");
  expect(verdict(`tag ${thing} with another Name`)).toBe("denied");
});

test("a key with an alias, a file system and a VPC of others stay theirs", () => {
  for (const thing of ["a key (with an alias)", "a file system", "a VPC"])
    expect(CURRENT.verdict(`tag ${thing} without a Name`)).toBe("denied");
  expect(CURRENT.verdict("decrypt with a key with another Name")).toBe(
    "denied",
  );
});

test("a way to a kind of thing that the environment does not have is no row", () => {
  const { verdict } = tablesOf({}, (text) =>
    text.replaceAll('"aws_efs_file_system"', '"aws_other"'),
  );
  expect(verdict("change the policy of a file system")).toBeUndefined();
  expect(verdict("change the policy of a secret")).toBe("denied");
  expect(verdict("change the policy of a bucket")).toBe("allowed");
});

test("one topic is no kind of thing, and a condition on a tag that is not there is none", () => {
  const sentence = CURRENT.deployer?.summary?.[0];
  expect(sentence).toMatch(/region, .* by .*InterfacesOfStores/);
  expect(sentence).not.toContain("OwnAlarmTopic");
  expect(sentence).toMatch(
    /; where a thing has no tag Name, whoever's it is, by TagDefaultGroup, TagNewKeys, AliasesOfNewKeys, .*TagNewPlan/,
  );
});

test.each<[string, SettingsChange]>([
  ["its own", {}],
  [
    "those of whom it assumes, and who assumes it",
    {
      access: {
        deployer: "arn:aws:iam::123456789012:role/deployer",
        assumeRole: { roleArn: "arn:aws:iam::123456789012:role/deployer" },
      },
      backend: {
        kind: "s3",
        bucket: "states",
        assumeRole: { roleArn: "arn:aws:iam::123456789012:role/states" },
      },
    },
  ],
  ["the trust of runs", CLOUD],
])("every document of the folder deployer/ has rows: %s", (_, change) => {
  const { deployer } = tablesOf(change);
  const told = new Map(deployer?.rows.map((row) => [row.at(-2), row.at(-1)]));
  const files = Object.keys(deployerFiles(currentSettings(change)));
  expect(files.filter((file) => !told.has(file))).toEqual([]);
  expect(told.get("doctor-policy.json")).toBe("whoever runs wave-eks doctor");
  expect(told.get("deployer-network.json")).toBe("the deployer");
  expect(deployer?.rows.at(-1)?.at(-1)).not.toBe("the deployer");
});

test("with a boundary it stays inside of it", () => {
  const { escalation, verdict } = tablesOf(BOUND);
  expect(verdict("write any right into a role")).toBe(
    "allowed inside the boundary",
  );
  expect(verdict("take the boundary off")).toBe("denied");
  expect(escalation?.summary?.[0]).toBe(
    "By roles the deployer can give itself every right that the permissions boundary leaves, and none beyond it.",
  );
  expect(escalation?.look).toEqual([
    expect.stringMatching(/^What others have without a tag Name .*a backup/),
  ]);
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
      .deployer?.rows.filter((row) => row.at(-2)?.endsWith("stack state"))
      .map((row) => row.at(-3));
  expect(sids()).toContain("ReadAndWriteState");
  expect(
    sids((text) => text.replaceAll("ReadAndWriteState", "Something")),
  ).toContain("Something");
});
