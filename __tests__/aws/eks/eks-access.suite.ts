import { networkOf, resourceAt } from "../../support/network";
import { resourcesOf } from "../../support/synth";

const account = "arn:aws:iam::123456789012";
const stack = networkOf({
  access: {
    admins: [
      { principal: `${account}:role/ops/platform.engineers`, policy: "admin" },
      {
        principal: "arn:aws:iam::210987654321:role/platform.engineers",
        policy: "edit",
        groups: ["builders"],
      },
      { principal: `${account}:user/ada`, policy: "view" },
    ],
  },
});

const rights = (of: typeof stack) =>
  Object.values(resourcesOf(of, "aws_eks_access_policy_association"));

test("the deployer may do everything", () => {
  expect(
    resourceAt(stack, "aws_eks_access_entry", "access/deployer"),
  ).toMatchObject({
    principal_arn: `${account}:role/wave-deployer`,
    type: "STANDARD",
  });
  expect(
    resourceAt(
      stack,
      "aws_eks_access_policy_association",
      "access/deployer-policy",
    ),
  ).toMatchObject({
    policy_arn:
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    access_scope: { type: "cluster" },
  });
});

test("each admin has the policy and groups of the settings, same name in two accounts included", () => {
  expect(Object.keys(resourcesOf(stack, "aws_eks_access_entry"))).toHaveLength(
    4,
  );
  const policies = rights(stack).map(({ policy_arn }) =>
    (policy_arn as string).replace(/^.*\//, ""),
  );
  expect(policies.sort()).toEqual([
    "AmazonEKSAdminPolicy",
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
  ]);
  const groups = Object.values(resourcesOf(stack, "aws_eks_access_entry")).map(
    ({ principal_arn, kubernetes_groups }) => [
      principal_arn,
      kubernetes_groups,
    ],
  );
  // Unset, Terraform leaves the groups of a running entry.
  expect(Object.fromEntries(groups)).toEqual({
    [`${account}:role/wave-deployer`]: undefined,
    [`${account}:role/ops/platform.engineers`]: [],
    "arn:aws:iam::210987654321:role/platform.engineers": ["builders"],
    [`${account}:user/ada`]: [],
  });
});

const person = (name: string, rest: object = {}) => ({
  principal: `${account}:user/staff/${name}`,
  ...rest,
});
const LISTS = [
  person("ada", { policy: "cluster-admin" }),
  person("grace", { policy: "view" }),
  person("joan", { policy: "view", namespaces: ["api-default", "worker-*"] }),
  person("mary", { policy: "none", groups: ["port-forward"] }),
];
const accessOf = (admins: typeof LISTS) => {
  const stack = networkOf({ access: { admins } });
  return Object.fromEntries(
    ["aws_eks_access_entry", "aws_eks_access_policy_association"].flatMap(
      (type) =>
        Object.entries(resourcesOf(stack, type)).map(([id, body]) => [
          `${type}.${id}`,
          body,
        ]),
    ),
  );
};

test("C11, C12, C14: lists of admins and users: the whole cluster, namespaces, or groups alone", () => {
  const lists = accessOf(LISTS);
  const of = (name: string) =>
    Object.entries(lists)
      .filter(([address]) => address.includes(`_${name}-`))
      .map(([, body]) => body);
  expect(of("ada")[1]).toMatchObject({
    policy_arn: expect.stringMatching(/AmazonEKSClusterAdminPolicy$/) as string,
    access_scope: { type: "cluster" },
  });
  expect(of("grace")[1]).toMatchObject({ access_scope: { type: "cluster" } });
  expect(of("joan")[1]).toMatchObject({
    policy_arn: expect.stringMatching(/AmazonEKSViewPolicy$/) as string,
    access_scope: {
      type: "namespace",
      namespaces: ["api-default", "worker-*"],
    },
  });
  expect(of("mary")).toEqual([
    expect.objectContaining({ kubernetes_groups: ["port-forward"] }),
  ]);
});

test.each(LISTS.map(({ principal }, index) => [principal, index]))(
  "without %s everything else stays as it is",
  (principal, index) => {
    const all = accessOf(LISTS);
    const left = accessOf(LISTS.filter((_, at) => at !== index));
    expect(all).toMatchObject(left);
    const gone = Object.keys(all).filter((address) => !(address in left));
    const name = principal.replace(/^.*\//, "");
    expect(gone.length).toBeGreaterThan(0);
    for (const address of gone) expect(address).toContain(`_${name}-`);
  },
);

test("a policy waits for its access entry", () => {
  for (const right of rights(stack))
    expect(right.principal_arn).toMatch(/^\$\{aws_eks_access_entry\./);
});

test.each([
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-north-1", "aws-cn"],
])("access policies of %s", (region, partition) => {
  for (const { policy_arn } of rights(networkOf({ region })))
    expect(policy_arn).toMatch(
      new RegExp(`^arn:${partition}:eks::aws:cluster-access-policy/Amazon`),
    );
});
