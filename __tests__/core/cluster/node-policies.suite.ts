import { networkOf, resourceAt } from "../../support/network";
import { resourcesOf } from "../../support/synth";

test("more policies of the settings are attached beside them, and nodes wait for them", () => {
  const policies = [
    "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    "arn:aws:iam::123456789012:policy/agents/inventory",
    "arn:aws:iam::123456789012:policy/inventory",
  ];
  const more = networkOf({ cluster: { nodePolicyArns: policies } });
  const attached = Object.entries(
    resourcesOf(more, "aws_iam_role_policy_attachment"),
  ).filter(([, { policy_arn }]) => policies.includes(String(policy_arn)));
  expect(attached).toHaveLength(3);
  for (const [id, { role }] of attached) {
    expect(role).toMatch(/^\$\{aws_iam_role\.nodes_role.*\.id\}$/);
    expect(
      resourceAt(more, "aws_eks_node_group", "nodes/system").depends_on,
    ).toContain(`aws_iam_role_policy_attachment.${id}`);
  }
  const remaining = Object.keys(
    resourcesOf(networkOf(), "aws_iam_role_policy_attachment"),
  );
  expect(
    Object.keys(resourcesOf(more, "aws_iam_role_policy_attachment")),
  ).toEqual(expect.arrayContaining(remaining));
});
