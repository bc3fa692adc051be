import { arn, buildNodes, testRefused } from "../../support/settings-rules";

testRefused([
  [
    "a system: group",
    {
      access: {
        admins: [
          {
            principal: arn("iam::123456789012:role/a"),
            groups: ["ops", "system:masters"],
          },
        ],
      },
    },
    "access.admins[0].groups[1]",
    ["system:masters", "cluster-admin"],
  ],
  [
    "an entry that gives nothing",
    {
      access: {
        admins: [
          { principal: arn("iam::123456789012:role/a"), policy: "none" },
        ],
      },
    },
    "access.admins[0].policy",
    ["none, without groups", "add groups"],
  ],
  [
    "namespaces without a policy",
    {
      access: {
        admins: [
          {
            principal: arn("iam::123456789012:role/a"),
            policy: "none",
            groups: ["ops"],
            namespaces: ["api-*"],
          },
        ],
      },
    },
    "access.admins[0].namespaces",
    ["policy: none", "bindings of the groups"],
  ],
  [
    "a cluster administrator of namespaces",
    {
      access: {
        admins: [
          {
            principal: arn("iam::123456789012:role/a"),
            policy: "cluster-admin",
            namespaces: ["api-*"],
          },
        ],
      },
    },
    "access.admins[0].namespaces",
    ["policy: cluster-admin", "write policy: admin"],
  ],
  [
    "the deployer among the admins",
    {
      access: {
        admins: [{ principal: arn("iam::123456789012:role/wave-deployer") }],
      },
    },
    "access.admins[0].principal",
    ["the same as access.deployer", "administrator already"],
  ],
  [
    "an admin twice",
    {
      access: {
        admins: [
          { principal: arn("iam::123456789012:role/a") },
          { principal: arn("iam::123456789012:role/a") },
        ],
      },
    },
    "access.admins[1].principal",
    ["the same as access.admins[0].principal"],
  ],
  [
    "a deployer of another account",
    { access: { deployer: arn("iam::210987654321:role/x") } },
    "access.deployer",
    ["account 210987654321", "123456789012"],
  ],
  [
    "a principal of another partition",
    {
      access: {
        admins: [{ principal: "arn:aws-cn:iam::123456789012:role/a" }],
      },
    },
    "access.admins[0].principal",
    ["arn:aws:", "eu-central-1"],
  ],
  [
    "a certificate of another region",
    {
      dns: { certificateArn: arn("acm:us-east-1:123456789012:certificate/1") },
    },
    "dns.certificateArn",
    ["region us-east-1", "eu-central-1"],
  ],
  [
    "a WAF ACL of another account",
    {
      wave: {
        ingress: {
          wafAclArn: arn("wafv2:eu-central-1:210987654321:regional/webacl/a/1"),
        },
      },
    },
    "wave.ingress.wafAclArn",
    ["account 210987654321"],
  ],
  [
    "a permissions boundary of another account",
    { iam: { permissionsBoundaryArn: arn("iam::210987654321:policy/b") } },
    "iam.permissionsBoundaryArn",
    ["account 210987654321"],
  ],
  [
    "a state key of another region",
    {
      backend: {
        kind: "s3",
        bucket: "wave-prod-state",
        kmsKeyArn: arn("kms:us-east-1:123456789012:key/1"),
      },
    },
    "backend.kmsKeyArn",
    ["region us-east-1"],
  ],
  [
    "a volume key of another region",
    buildNodes({ volumeKmsKeyArn: arn("kms:us-east-1:123456789012:key/1") }),
    "cluster.nodeGroups.build.volumeKmsKeyArn",
    ["region us-east-1"],
  ],
]);
