import { partitionOf } from "../../modules/lib/aws-partition";
import { actionsOf, allRoles } from "../support/identity";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";

const regions = [
  "eu-central-1",
  "ap-southeast-3",
  "us-gov-west-1",
  "cn-northwest-1",
];

// The longest form of each shape: every optional role and statement is there.
const ingress = {
  wafAclArn: "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/w/1",
};
const jumpOf = (region: string) => ({
  jumpRoleArn: `arn:${partitionOf(region)}:iam::210987654321:role/wave-jump`,
});
const shapes = {
  classic: (change: SettingsChange) =>
    exampleSettings({ ...change, wave: { ingress } }),
  current: (change: SettingsChange) =>
    currentSettings({
      ...change,
      data: { buildCache: {} },
      wave: { ingress, current: jumpOf(change.region ?? "") },
    }),
  lite: (change: SettingsChange) =>
    liteSettings({
      ...change,
      wave: { ingress, current: jumpOf(change.region ?? "") },
    }),
};

const documents = regions.flatMap((region) =>
  Object.entries(shapes).flatMap(([shape, settingsOf]) =>
    Object.entries(allRoles(settingsOf({ region }))).map(
      ([role, { policy }]) => ({ shape, role, region, policy }),
    ),
  ),
);

/** EXC-07: actions that AWS cannot restrict to a resource, by shape, role and Sid. */
const UNRESTRICTED = [
  "classic build EcrLogin",
  "classic loadBalancerController Describe",
  "classic loadBalancerController Certificates",
  "classic clusterAutoscaler LookAtGroups",
  "classic efsCsiController Describe",
  "classic efsCsiNode Zones",
  "current ecr EcrLogin",
  "current loadBalancerController Describe",
  "current loadBalancerController Certificates",
  "current clusterAutoscaler LookAtGroups",
  "current efsCsiController Describe",
  "current efsCsiNode Zones",
  "lite loadBalancerController Describe",
  "lite loadBalancerController Certificates",
];

test("every shape has its roles here, so that the tests below judge all policies", () => {
  const rolesOf = (wanted: string) =>
    documents
      .filter(
        ({ shape, region }) => shape === wanted && region === regions.at(0),
      )
      .map(({ role }) => role);
  const controllers = [
    "loadBalancerController",
    "clusterAutoscaler",
    "efsCsiController",
    "efsCsiNode",
  ];
  expect(rolesOf("classic")).toEqual([
    "server",
    "build",
    "export",
    ...controllers,
  ]);
  expect(rolesOf("current")).toEqual([
    "server",
    "ecr",
    "cache",
    ...controllers,
  ]);
  expect(rolesOf("lite")).toEqual(["server", "loadBalancerController"]);
});

test("no action has a wildcard", () => {
  const actions = documents.flatMap(({ policy }) =>
    policy.Statement.flatMap(actionsOf),
  );
  expect(
    actions.filter((name) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(name)),
  ).toEqual([]);
});

test("EXC-07: resource * stands where the register has it, and nowhere else", () => {
  const found = documents.flatMap(({ shape, role, region, policy }) =>
    policy.Statement.filter(({ Resource }) =>
      [Resource].flat().includes("*"),
    ).map(({ Sid }) => `${region} ${shape} ${role} ${Sid ?? ""}`),
  );
  const expected = regions.flatMap((region) =>
    UNRESTRICTED.map((entry) => `${region} ${entry}`),
  );
  expect([...found].sort()).toEqual([...expected].sort());
});

test("unrestricted statements only read, or log in to ECR", () => {
  const names = documents
    .flatMap(({ policy }) => policy.Statement)
    .filter(({ Resource }) => Resource === "*")
    .flatMap(actionsOf)
    .map((action) => action.split(":")[1] ?? "");
  expect(names.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual(
    [],
  );
});

test("nothing may pass a role; only Elastic Load Balancing's linked role may be made, and roles that are named taken", () => {
  const writes = documents
    .flatMap(({ policy }) => policy.Statement)
    .flatMap(actionsOf)
    .filter((action) => /^(iam|sts|kms:Create|kms:Put)/.test(action))
    .filter((action) => !/^iam:(Get|List)/.test(action));
  expect(new Set(writes)).toEqual(
    new Set(["iam:CreateServiceLinkedRole", "sts:AssumeRole"]),
  );
});

test("IAM-09: only the current line's server takes roles, and by their full ARN", () => {
  const takers = documents.filter(({ policy }) =>
    policy.Statement.flatMap(actionsOf).includes("sts:AssumeRole"),
  );
  expect(new Set(takers.map(({ shape, role }) => `${shape} ${role}`))).toEqual(
    new Set(["current server", "lite server"]),
  );
  const resources = takers
    .flatMap(({ policy }) => policy.Statement)
    .filter((statement) => actionsOf(statement).includes("sts:AssumeRole"))
    .flatMap(({ Resource }) => Resource);
  for (const resource of resources)
    expect(resource).toMatch(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w-]+$/);
});

test("every ARN is of the region's partition", () => {
  const strangers = documents.flatMap(({ region, policy }) => {
    // ARNs of keys and repositories come from another stack as they are.
    const arns = JSON.stringify(policy).match(/arn:aws[a-z-]*:(?!kms|ecr)/g);
    return (arns ?? []).filter(
      (arn) => !arn.startsWith(`arn:${partitionOf(region)}:`),
    );
  });
  expect(strangers).toEqual([]);
});

test("every policy fits into its role: 10 240 characters", () => {
  const longest = documents.map(({ policy }) => JSON.stringify(policy).length);
  expect(Math.max(...longest)).toBeLessThan(10_240);
});

test("every statement allows, and has a Sid that is unique in its document", () => {
  for (const { policy } of documents) {
    const sids = policy.Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(sids).not.toContain(undefined);
    expect(policy.Statement.map(({ Effect }) => Effect)).not.toContain("Deny");
  }
});
