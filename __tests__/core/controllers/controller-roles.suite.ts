import { controllerRoles } from "../../../modules/core/controllers/controller-roles";
import {
  actionsOf,
  roleOf,
  statementOf,
  storedData,
  storedNetwork,
} from "../../support/identity";
import {
  type SettingsChange,
  exampleSettings,
  liteSettings,
} from "../../support/settings";

const rolesOf = (change: SettingsChange = {}) =>
  controllerRoles(exampleSettings(change), {
    network: storedNetwork,
    data: storedData,
  });

const balancer = rolesOf().loadBalancerController.policy;
const actions = balancer.Statement.flatMap(actionsOf);
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

test("subjects are the chart's service accounts", () => {
  const subjects = Object.values(rolesOf()).map(
    ({ trust: { namespace, serviceAccount } }) =>
      `${namespace}:${serviceAccount}`,
  );
  expect(subjects).toEqual([
    "kube-system:aws-load-balancer-controller",
    "kube-system:efs-csi-controller-sa",
    "kube-system:efs-csi-node-sa",
  ]);
});

test("the load-balancer controller has the 16 statements of release 3.5.0 without WAF and Shield", () => {
  expect(balancer.Statement).toHaveLength(16);
  // 86 of the release, less 12 of WAF and Shield, less SetWebAcl.
  expect(actions).toHaveLength(73);
  expect(actions.filter((action) => /waf|shield|WebAcl/i.test(action))).toEqual(
    [],
  );
});

test("with a WAF ACL the WAFv2 actions come back, on balancers and ACLs of the region", () => {
  const { policy } = rolesOf({
    wave: {
      ingress: {
        wafAclArn:
          "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/w/1",
      },
    },
  }).loadBalancerController;
  expect(policy.Statement).toHaveLength(17);
  expect(statementOf(policy, "WebAcl")).toEqual({
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
  expect(statementOf(balancer, "Certificates").Action).toEqual([
    "acm:DescribeCertificate",
    "acm:ListCertificates",
    "cognito-idp:DescribeUserPoolClient",
    "iam:GetServerCertificate",
    "iam:ListServerCertificates",
  ]);
});

test("statement 4: rules of security groups change in the cluster's VPC only", () => {
  expect(statementOf(balancer, "RulesInVpc")).toMatchObject({
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
  expect(statementOf(balancer, "CreateGroup").Resource).toEqual([
    "arn:aws:ec2:eu-central-1:123456789012:security-group/*",
    "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0123456789abcdef0",
  ]);
  expect(statementOf(balancer, "ServiceLinkedRole").Condition).toEqual({
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
    expect(statementOf(balancer, sid).Condition?.StringEquals).toMatchObject({
      [`aws:ResourceTag/${CLUSTER_TAG}`]: "wave-prod",
    });
  },
);

test.each(["TagNewGroup", "CreateBalancer", "TagNewBalancer"])(
  "statements 6, 9, 14: %s marks what it makes with this cluster's name",
  (sid) => {
    expect(statementOf(balancer, sid).Condition?.StringEquals).toMatchObject({
      [`aws:RequestTag/${CLUSTER_TAG}`]: "wave-prod",
    });
  },
);

test("statements 7 and 11: the mark cannot be changed afterwards", () => {
  for (const sid of ["TagOwnGroup", "TagOwnBalancer"]) {
    expect(statementOf(balancer, sid).Condition?.Null).toEqual({
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

test("the EFS CSI controller describes, and changes only access points it marked", () => {
  const { policy } = roleOf(rolesOf(), "efsCsiController");
  const mark = "efs.csi.aws.com/cluster";
  expect(statementOf(policy, "Describe").Action).toEqual([
    "ec2:DescribeAvailabilityZones",
    "elasticfilesystem:DescribeAccessPoints",
    "elasticfilesystem:DescribeFileSystems",
    "elasticfilesystem:DescribeMountTargets",
  ]);
  expect(statementOf(policy, "CreateAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:CreateAccessPoint",
    Resource:
      "arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0123456789abcdef0",
    Condition: { StringEquals: { [`aws:RequestTag/${mark}`]: "true" } },
  });
  expect(statementOf(policy, "TagOwnAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:TagResource",
    Condition: { StringEquals: { [`aws:ResourceTag/${mark}`]: "true" } },
  });
  expect(statementOf(policy, "DeleteOwnAccessPoint")).toMatchObject({
    Action: "elasticfilesystem:DeleteAccessPoint",
    Condition: { StringEquals: { [`aws:ResourceTag/${mark}`]: "true" } },
  });
  expect(policy.Statement).toHaveLength(4);
});

test("the EFS CSI node agent finds mount targets and writes its log: no S3, no SSM", () => {
  const { policy } = roleOf(rolesOf(), "efsCsiNode");
  expect(policy.Statement.flatMap(actionsOf)).toEqual([
    "ec2:DescribeAvailabilityZones",
    "elasticfilesystem:DescribeMountTargets",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:PutRetentionPolicy",
  ]);
  expect(statementOf(policy, "MountLog").Resource).toEqual([
    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/efs/utils",
    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/efs/utils:*",
  ]);
});

test("Lite mounts nothing: no role of the EFS CSI driver", () => {
  const roles = controllerRoles(liteSettings(), {
    network: storedNetwork,
    data: storedData,
  });
  expect(Object.keys(roles)).toEqual(["loadBalancerController"]);
  expect(roles.loadBalancerController).toEqual(
    rolesOf().loadBalancerController,
  );
});
