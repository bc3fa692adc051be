import { snapshotOfAws } from "../../../../tools/lab/existing/snapshot-aws";
import { differences } from "../../../../tools/lab/existing/snapshot";
import { world } from "../support";

const cluster = {
  roleArn: "arn:aws:iam::123456789012:role/control-plane",
  identity: { oidc: { issuer: "https://oidc.example.org/id/A" } },
};

/** What the fake APIs answer to a query, by its action. */
function fakeApis(tag: string, state = "available"): void {
  const xml: Record<string, string> = {
    DescribeVpcs: `<vpcSet><item><vpcId>vpc-1</vpcId><tagSet><item><key>a</key><value>${tag}</value></item></tagSet></item></vpcSet>`,
    DescribeNatGateways: `<natGatewaySet><item><natGatewayId>nat-1</natGatewayId><state>${state}</state></item></natGatewaySet>`,
    DescribeSecurityGroups:
      "<securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo>",
    DescribeSecurityGroupRules:
      "<securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId><fromPort>443</fromPort></item></securityGroupRuleSet>",
    DescribeAutoScalingGroups:
      "<member><AutoScalingGroupName>eks-general</AutoScalingGroupName></member>",
  };
  const json: Record<string, unknown> = {
    "/clusters/c": { cluster },
    "/clusters/c/node-groups": { nodegroups: ["general"] },
    "/clusters/c/node-groups/general": {
      nodegroup: { labels: {}, modifiedAt: Math.random() },
    },
    "/clusters/c/addons": { addons: [] },
    "/clusters/c/access-entries": { accessEntries: [] },
    "/clusters/c/pod-identity-associations": { associations: [] },
  };
  jest.spyOn(globalThis, "fetch").mockImplementation((url, init) => {
    const { pathname } = new URL(url);
    const action = new URLSearchParams((init?.body ?? "") as string).get(
      "Action",
    );
    const found = xml[action ?? ""] ?? "<a/>";
    return Promise.resolve(
      new Response(pathname === "/" ? found : JSON.stringify(json[pathname])),
    );
  });
}

const taken = () => snapshotOfAws(world.moto, "vpc-1", "c");

afterEach(() => jest.restoreAllMocks());

test("VPC, groups and their rules, cluster and its parts are described, whatever the hour", async () => {
  fakeApis("1");
  const before = await taken();
  expect([...before.keys()]).toEqual(
    expect.arrayContaining([
      ...["vpcId vpc-1", "natGatewayId nat-1", "groupId sg-1"],
      ...["securityGroupRuleId sgr-1", "cluster c", "node-groups general"],
      ...["scaling group eks-general", "role control-plane"],
    ]),
  );
  expect(differences(before, await taken()).changed).toEqual([]);
});

test("another tag is a change, and what was deleted is gone", async () => {
  fakeApis("1");
  const before = await taken();
  fakeApis("2", "deleted");
  expect(differences(before, await taken())).toEqual({
    changed: ["vpcId vpc-1 (tagSet)"],
    gone: ["natGatewayId nat-1"],
    added: [],
  });
});
