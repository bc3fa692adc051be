import { parse } from "yaml";
import {
  type LoadBalancerControllerInputs,
  createLoadBalancerController,
  loadBalancerControllerRole,
} from "../../../modules/core/controllers/load-balancer-controller";
import { actionsOf, statementOf, storedNetwork } from "../../support/identity";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { onlyResource, synthOne } from "../../support/synth";

const inputs: LoadBalancerControllerInputs = {
  ...storedNetwork,
  waf: false,
  roleArn: "arn:aws:iam::123456789012:role/load-balancer-controller",
};

function releaseOf(
  change: SettingsChange = {},
  more: Partial<LoadBalancerControllerInputs> = {},
) {
  const settings = exampleSettings(change);
  const release = onlyResource(
    synthOne((stack) => {
      createLoadBalancerController(stack, settings, { ...inputs, ...more });
    }),
    "helm_release",
  );
  const [values = ""] = release.values as string[];
  return { release, values: parse(values) as Record<string, unknown> };
}

const { release, values } = releaseOf();
const roleOf = (waf: boolean) =>
  loadBalancerControllerRole(exampleSettings(), {
    ...inputs,
    vpcOwnerId: "123456789012",
    waf,
  });
const { policy } = roleOf(false);
const actions = policy.Statement.flatMap(actionsOf);
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

test("INF-07, C16: the chart, pinned, in kube-system", () => {
  expect(release).toMatchObject({
    name: "aws-load-balancer-controller",
    chart: "aws-load-balancer-controller",
    version: "3.5.0",
    repository: "https://aws.github.io/eks-charts",
    namespace: "kube-system",
  });
});

test("cluster, region and VPC are said, because pods cannot ask the metadata", () => {
  expect(values).toMatchObject({
    clusterName: "wave-prod",
    region: "eu-central-1",
    vpcId: "vpc-0123456789abcdef0",
  });
});

test("the chart's account is the one its role trusts", () => {
  expect(values.serviceAccount).toEqual({
    create: true,
    name: "aws-load-balancer-controller",
    annotations: { "eks.amazonaws.com/role-arn": inputs.roleArn },
  });
  expect(roleOf(false).trust).toEqual({
    kind: "service-account",
    namespace: "kube-system",
    serviceAccount: "aws-load-balancer-controller",
  });
});

test("two replicas that are not evicted together", () => {
  expect(values).toMatchObject({
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
  });
});

test("Shield and WAF are off; WAF v2 is on with an ACL", () => {
  expect(values).toMatchObject({
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
  });
  expect(releaseOf({}, { waf: true }).values.enableWafv2).toBe(true);
});

test("no webhook on Services, and one certificate authority for good", () => {
  expect(values).toMatchObject({
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true,
  });
});

test("the default target type stays; the Ingress says ip itself", () => {
  expect(values).not.toHaveProperty("defaultTargetType");
});

test("what the controller makes carries our tags", () => {
  expect(values.defaultTags).toMatchObject({ environment: "prod" });
});

test("on the system nodes", () => {
  expect(values.nodeSelector).toEqual({ service: "wave-system" });
});

test("chart and image can come from a mirror", () => {
  const mirrored = releaseOf({
    charts: {
      loadBalancerController: {
        repository: "oci://registry.example.com/charts",
        image: "registry.example.com:5000/alb:1.2.3",
      },
    },
  });
  expect(mirrored.release.repository).toBe("oci://registry.example.com/charts");
  expect(mirrored.values.image).toEqual({
    repository: "registry.example.com:5000/alb",
    tag: "1.2.3",
  });
  expect(values.image).toEqual({});
});

test("C16: the role has the 16 statements of release 3.5.0 without WAF and Shield", () => {
  expect(policy.Statement).toHaveLength(16);
  // 86 of the release, less 12 of WAF and Shield, less SetWebAcl.
  expect(actions).toHaveLength(73);
  expect(actions.filter((action) => /waf|shield|WebAcl/i.test(action))).toEqual(
    [],
  );
});

test("with a WAF ACL the WAFv2 actions come back, on balancers and ACLs of the region", () => {
  const { policy: withAcl } = roleOf(true);
  expect(withAcl.Statement).toHaveLength(17);
  expect(statementOf(withAcl, "WebAcl")).toEqual({
    Sid: "WebAcl",
    Effect: "Allow",
    Action: [
      "elasticloadbalancing:SetWebAcl",
      "wafv2:AssociateWebACL",
      "wafv2:DisassociateWebACL",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource",
    ],
    Resource: [
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/*",
      "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/*",
    ],
  });
});

test("EXC-07: statement 3 keeps the five certificate and user-pool reads", () => {
  expect(statementOf(policy, "Certificates").Action).toEqual([
    "acm:DescribeCertificate",
    "acm:ListCertificates",
    "cognito-idp:DescribeUserPoolClient",
    "iam:GetServerCertificate",
    "iam:ListServerCertificates",
  ]);
});

test("statement 4: rules of security groups change in the cluster's VPC only", () => {
  expect(statementOf(policy, "RulesInVpc")).toMatchObject({
    Action: [
      "ec2:AuthorizeSecurityGroupIngress",
      "ec2:RevokeSecurityGroupIngress",
    ],
    Condition: {
      ArnEquals: {
        "ec2:Vpc":
          "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0",
      },
    },
  });
});

test("statements 1 and 5: new groups lie in the cluster's VPC, linked roles belong to Elastic Load Balancing", () => {
  expect(statementOf(policy, "CreateGroup").Resource).toEqual([
    "arn:aws:ec2:eu-central-1:123456789012:security-group/*",
    "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0",
  ]);
  expect(statementOf(policy, "ServiceLinkedRole").Condition).toEqual({
    StringEquals: {
      "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com",
    },
  });
});

test.each([
  "TagOwnGroup",
  "ChangeOwnGroup",
  "TagOwnBalancer",
  "ChangeOwnBalancer",
])(
  "statements 7, 8, 11, 13: %s changes what this cluster made, and nothing of another cluster",
  (sid) => {
    expect(statementOf(policy, sid).Condition?.StringEquals).toMatchObject({
      [`aws:ResourceTag/${CLUSTER_TAG}`]: "wave-prod",
    });
  },
);

test.each(["TagNewGroup", "CreateBalancer", "TagNewBalancer"])(
  "statements 6, 9, 14: %s marks what it makes with this cluster's name",
  (sid) => {
    expect(statementOf(policy, sid).Condition?.StringEquals).toMatchObject({
      [`aws:RequestTag/${CLUSTER_TAG}`]: "wave-prod",
    });
  },
);

test("statements 7 and 11: the mark cannot be changed afterwards", () => {
  for (const sid of ["TagOwnGroup", "TagOwnBalancer"]) {
    expect(statementOf(policy, sid).Condition?.Null).toEqual({
      [`aws:RequestTag/${CLUSTER_TAG}`]: "true",
    });
  }
});

test("statements 8, 10, 13: deletion is limited to load balancers, target groups, groups, listeners and rules", () => {
  expect(actions.filter((action) => action.includes(":Delete"))).toEqual([
    "ec2:DeleteTags",
    "ec2:DeleteSecurityGroup",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteRule",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteTargetGroup",
  ]);
});
