import {
  NodeSecurityGroup,
  type NodeSecurityGroupProps,
} from "../../../modules/aws/eks/node-security-group";
import { type StackJson, resourcesOf, synthOne } from "../../support/synth";

const groupOf = (change: Partial<NodeSecurityGroupProps> = {}): StackJson =>
  synthOne(
    (scope) =>
      new NodeSecurityGroup(scope, "access", {
        name: "wave-prod-build-nodes",
        description: "Nodes that builds run on",
        vpcId: "vpc-1",
        clusterSecurityGroupId: "sg-cluster",
        fileCidrs: ["10.40.0.0/19", "10.40.32.0/19"],
        ...change,
      }),
  );

const OWN = "${aws_security_group.access.id}";

/** Each rule as `whose <direction> whom protocol port`. */
const rulesOf = (stack: StackJson, direction: "ingress" | "egress"): string[] =>
  Object.values(
    resourcesOf(stack, `aws_vpc_security_group_${direction}_rule`),
  ).map((rule) => {
    expect(rule.from_port).toBe(rule.to_port);
    const name = (id: unknown) => (id === OWN ? "nodes" : String(id));
    const peer = rule.referenced_security_group_id ?? rule.cidr_ipv4;
    return `${name(rule.security_group_id)} ${direction} ${name(peer)} ${String(rule.ip_protocol)} ${String(rule.from_port)}`;
  });

test("nodes are in a group that EKS adds nothing to: all that they need has a rule, and nothing else", () => {
  const stack = groupOf();
  expect(rulesOf(stack, "ingress").sort()).toEqual([
    "nodes ingress sg-cluster tcp 10250",
    "sg-cluster ingress nodes tcp 443",
    "sg-cluster ingress nodes tcp 53",
    "sg-cluster ingress nodes udp 53",
  ]);
  expect(rulesOf(stack, "egress").sort()).toEqual([
    "nodes egress 0.0.0.0/0 tcp 443",
    "nodes egress 0.0.0.0/0 tcp 80",
    "nodes egress 10.40.0.0/19 tcp 2049",
    "nodes egress 10.40.32.0/19 tcp 2049",
    "nodes egress sg-cluster tcp 53",
    "nodes egress sg-cluster udp 53",
  ]);
});

test("registries may answer on other ports", () => {
  const out = rulesOf(groupOf({ webPorts: [443, 5000] }), "egress");
  expect(out).toContain("nodes egress 0.0.0.0/0 tcp 5000");
  expect(out).not.toContain("nodes egress 0.0.0.0/0 tcp 80");
});

test("in a cluster whose nodes have another group, CoreDNS and the metrics server are there", () => {
  const stack = groupOf({ otherNodesSecurityGroupIds: ["sg-others"] });
  const usual = rulesOf(groupOf(), "ingress");
  expect(
    rulesOf(stack, "ingress")
      .filter((rule) => !usual.includes(rule))
      .sort(),
  ).toEqual([
    "nodes ingress sg-others tcp 10250",
    "sg-others ingress nodes tcp 53",
    "sg-others ingress nodes udp 53",
  ]);
  expect(rulesOf(stack, "egress")).toEqual(
    expect.arrayContaining([
      "nodes egress sg-others tcp 53",
      "nodes egress sg-others udp 53",
    ]),
  );
});

test("file systems that are not NFS answer on other ports, of the same ranges", () => {
  const stack = groupOf({ filePorts: [988, 1023] });
  const rules = Object.values(
    resourcesOf(stack, "aws_vpc_security_group_egress_rule"),
  ).filter(({ description }) => description === "File systems");
  expect(rules).toEqual([
    expect.objectContaining({
      cidr_ipv4: "10.40.0.0/19",
      from_port: 988,
      to_port: 1023,
    }),
    expect.objectContaining({
      cidr_ipv4: "10.40.32.0/19",
      from_port: 988,
      to_port: 1023,
    }),
  ]);
});
