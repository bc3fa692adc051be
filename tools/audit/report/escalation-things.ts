import { type Escalation, type Kind, type On, passTo } from "./escalations";

const IF_KEY = "where the key's own policy leaves that to IAM";

/** Things of the environment that say themselves who may use them: kind, call, gain. */
const OWN_POLICIES: readonly (readonly [On, string, string])[] = [
  ["key", "kms:PutKeyPolicy", "what the key encrypts, for anybody"],
  ["bucket", "s3:PutBucketPolicy", "its objects, for anybody"],
  [
    "repository",
    "ecr:SetRepositoryPolicy",
    "its images, to read, push and delete, for anybody: what refuses pushes stands in that policy",
  ],
  [
    "file system",
    "elasticfilesystem:PutFileSystemPolicy",
    "its files, for anybody who reaches it in the network",
  ],
  ["topic", "sns:SetTopicAttributes", "its messages, for anybody"],
  ["queue", "sqs:SetQueueAttributes", "its messages, for anybody"],
  ["secret", "secretsmanager:PutResourcePolicy", "its value, for anybody"],
];

/** Things of others, made the environment's own by a tag: kind, call that tags, call after that, what it does, gain. */
const TAKEN: readonly (readonly [Kind, string, string, string, string])[] = [
  ...(["a key (no alias)", "a key (with an alias)"] as const).map(
    (key) =>
      [
        key,
        "kms:TagResource",
        "kms:PutKeyPolicy",
        "change its policy",
        `what it encrypts, ${IF_KEY}`,
      ] as const,
  ),
  [
    "a certificate",
    "acm:AddTagsToCertificate",
    "acm:DeleteCertificate",
    "remove it",
    "its end, where nothing uses it",
  ],
  [
    "a security group",
    "ec2:CreateTags",
    "ec2:AuthorizeSecurityGroupIngress",
    "open it",
    "a way in the network to what has that group",
  ],
  [
    "a backup plan",
    "backup:TagResource",
    "backup:UpdateBackupPlan",
    "change it",
    "the end of those backups",
  ],
  ...(["an issuer of another cluster", "GitHub's issuer"] as const).map(
    (issuer) =>
      [
        issuer,
        "iam:TagOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "remove it",
        "the end of all logins to roles through it",
      ] as const,
  ),
  [
    "a file system",
    "elasticfilesystem:TagResource",
    "elasticfilesystem:PutFileSystemPolicy",
    "change its policy",
    "its files, from where it is reached in the network",
  ],
  ["a VPC", "ec2:CreateTags", "ec2:DeleteVpc", "remove it", "its end"],
];

/** What IAM asks of a thing that has a Name of its own, and of one that has none. */
const NAMES = ["without a Name", "with another Name"] as const;

const restoring = (
  thing: string,
  calls: Escalation["calls"],
  gain: string,
): Escalation => ({
  way: `restore ${thing} of others`,
  alike: ["restore … of others", thing],
  over: "others",
  calls,
  gain,
});

/** Ways over things by what the deployer may do itself, whatever roles it writes. */
export const WAYS_OVER_THINGS: readonly Escalation[] = [
  {
    way: "give anybody an entry into the cluster",
    over: "the environment",
    calls: [
      ["eks:CreateAccessEntry", "cluster"],
      ["eks:AssociateAccessPolicy", "cluster"],
    ],
    gain: "administrator of this cluster, and with that the roles of all its pods",
  },
  ...OWN_POLICIES.map(([on, call, gain]): Escalation => ({
    way: `change the policy of a ${on} of the environment`,
    alike: ["change the policy of … of the environment", `a ${on}`],
    over: "the environment",
    calls: [[call, on]],
    gain,
  })),
  {
    way: "let anybody use the cluster's key by a grant",
    over: "the environment",
    calls: [
      [
        "kms:CreateGrant",
        "the cluster's key",
        () => ({ "kms:GrantIsForAWSResource": "false" }),
      ],
    ],
    gain: "what the key encrypts, for whom the grant names",
  },
  ...(
    [
      ["database", "a database", "rds:ModifyDBInstance"],
      ["Redis", "Redis", "elasticache:ModifyReplicationGroup"],
    ] as const
  ).map(([store, named, call]): Escalation => ({
    way: `set the password of ${named} of the environment`,
    alike: ["set the password of … of the environment", named],
    over: "the environment",
    calls: [[call, store]],
    gain: "its data, from where it is reached in the network",
  })),
  {
    way: "copy Redis of the environment by a snapshot, with a password of one's own",
    over: "the environment",
    calls: [
      ["elasticache:CreateSnapshot", "a snapshot of Redis"],
      ["elasticache:CreateReplicationGroup", "Redis"],
    ],
    gain: "what it holds, from where the copy is reached in the network",
  },
  {
    way: "lead a host name of the environment elsewhere",
    over: "the environment",
    calls: [["route53:ChangeResourceRecordSets", "the zone, for own names"]],
    gain: "what clients send there, by a certificate of one's own",
  },
  restoring(
    "a database's snapshot",
    [
      ["rds:RestoreDBInstanceFromDBSnapshot", "a snapshot of others"],
      ["rds:RestoreDBInstanceFromDBSnapshot", "database"],
      ["rds:ModifyDBInstance", "database"],
    ],
    "its data, by a password of one's own, where its key may be used",
  ),
  restoring(
    "a backup",
    [
      ["backup:StartRestoreJob", "a recovery point of others"],
      passTo("backup.amazonaws.com"),
    ],
    "its data, in what the role that is passed may make",
  ),
  {
    way: "remove a network interface of others",
    over: "others",
    calls: [["ec2:DeleteNetworkInterface", "an interface of others"]],
    gain: "its end, where nothing uses it",
  },
  {
    way: "change the security groups of a network interface of others",
    over: "others",
    calls: [["ec2:ModifyNetworkInterfaceAttribute", "an interface of others"]],
    gain: "what its host reaches, and who reaches it",
  },
  {
    way: "write records of mail keys (DKIM) of other senders of the domain",
    over: "others",
    calls: [
      ["route53:ChangeResourceRecordSets", "the zone, for keys of others"],
    ],
    gain: "mail in the name of the domain, or none of theirs that is believed",
  },
  {
    way: "start an instance from any image, in any subnet and security group of the account or with a network interface that is free, by a launch template of one's own",
    over: "others",
    calls: [
      ["ec2:CreateLaunchTemplate", "launch template"],
      ["ec2:RunInstances", "own launch template"],
      ["ec2:RunInstances", "an image of others"],
      ["ec2:RunInstances", "a subnet of others"],
      ["ec2:RunInstances", "a security group with another Name"],
      ["ec2:RunInstances", "an interface of others"],
      ["ec2:RunInstances", "nodes"],
    ],
    gain: "code of one's own that reaches what that group reaches, and reads what the image holds",
  },
  {
    way: "read secrets of others whose names begin as the environment's",
    over: "others",
    calls: [
      ["secretsmanager:GetSecretValue", "a secret of others named alike"],
    ],
    gain: "their values; what else is known by name is had in the same way",
  },
  {
    way: "copy what others have into the environment's vault, by a plan of one's own",
    over: "others",
    calls: [
      ["backup:CreateBackupSelection", "own backup plan"],
      passTo("backup.amazonaws.com"),
    ],
    gain: "recovery points of what the role that is passed may back up",
  },
  ...NAMES.map((name): Escalation => ({
    way: `decrypt with a key ${name} through a service`,
    over: "others",
    calls: [["kms:Decrypt", `a key (with an alias) ${name}`]],
    gain: `what the deployer may read of that service and the key encrypts, ${IF_KEY}`,
  })),
  ...TAKEN.flatMap(([thing, tag, call, then, gain]) =>
    NAMES.map((name): Escalation => ({
      way: `tag ${thing} ${name} as one of the environment, and ${then}`,
      alike: [
        `tag as one of the environment, and then change or remove, … ${name}`,
        thing,
      ],
      over: "others",
      calls: [
        [tag, `${thing} ${name}`],
        [call, `${thing} tagged so`],
      ],
      gain,
    })),
  ),
];
