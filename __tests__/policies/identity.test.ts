import { partitionOf } from "../../modules/lib/aws-partition";
import { actionsOf, allRoles } from "../support/identity";
import { exampleSettings } from "../support/settings";

const regions = [
  "eu-central-1",
  "ap-southeast-3",
  "us-gov-west-1",
  "cn-northwest-1",
];
const wave = {
  // The longest form: every optional statement is there.
  ingress: {
    wafAclArn: "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/w/1",
  },
};

const documents = regions.flatMap((region) =>
  Object.entries(allRoles(exampleSettings({ region, wave }))).map(
    ([role, { policy }]) => ({ role, region, policy }),
  ),
);

/** EXC-07: actions that AWS cannot restrict to a resource, by role and Sid. */
const UNRESTRICTED = [
  "build EcrLogin",
  "loadBalancerController Describe",
  "loadBalancerController Certificates",
  "efsCsiController Describe",
  "efsCsiNode Zones",
];

test("SEC-B34 FIG-06 no action has a wildcard", () => {
  const actions = documents.flatMap(({ policy }) =>
    policy.Statement.flatMap(actionsOf),
  );
  expect(
    actions.filter((name) => !/^[a-z0-9-]+:[A-Za-z]+$/.test(name)),
  ).toEqual([]);
});

test("SEC-B35 EXC-07 VR-43 resource * stands where the register has it, and nowhere else", () => {
  const found = documents.flatMap(({ role, region, policy }) =>
    policy.Statement.filter(({ Resource }) =>
      [Resource].flat().includes("*"),
    ).map(({ Sid }) => `${region} ${role} ${Sid ?? ""}`),
  );
  const expected = regions.flatMap((region) =>
    UNRESTRICTED.map((entry) => `${region} ${entry}`),
  );
  expect([...found].sort()).toEqual([...expected].sort());
});

test("SEC-B35 unrestricted statements only read, or log in to ECR", () => {
  const names = documents
    .flatMap(({ policy }) => policy.Statement)
    .filter(({ Resource }) => Resource === "*")
    .flatMap(actionsOf)
    .map((action) => action.split(":")[1] ?? "");
  expect(names.filter((name) => !/^(Describe|List|Get)/.test(name))).toEqual(
    [],
  );
});

test("SEC-B35 nothing may pass a role, and only Elastic Load Balancing's linked role may be made", () => {
  const writes = documents
    .flatMap(({ policy }) => policy.Statement)
    .flatMap(actionsOf)
    .filter((action) => /^(iam|sts|kms:Create|kms:Put)/.test(action))
    .filter((action) => !/^iam:(Get|List)/.test(action));
  expect(new Set(writes)).toEqual(new Set(["iam:CreateServiceLinkedRole"]));
});

test("DEC-17 every ARN is of the region's partition", () => {
  const strangers = documents.flatMap(({ region, policy }) => {
    // The operator's own key ARN comes from another stack as it is.
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
