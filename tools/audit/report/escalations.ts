/** Kinds whose ids AWS gives, so that the tag Name decides whose a thing is. */
export type Kind =
  | "a key (no alias)"
  | "a key (with an alias)"
  | "a certificate"
  | "a security group"
  | "a backup plan"
  | "an issuer of another cluster"
  | "GitHub's issuer"
  | "a file system"
  | "a VPC";

/** What a call names: things of the environment, things of others, the same with a tag Name of the environment, people. */
export type On =
  | `${Kind} without a Name`
  | `${Kind} with another Name`
  | `${Kind} tagged so`
  | "a subnet of others"
  | "a snapshot of others"
  | "a recovery point of others"
  | "an interface of others"
  | "database"
  | "Redis"
  | "a snapshot of Redis"
  | "the zone, for own names"
  | "own backup plan"
  | "an image of others"
  | "a secret of others named alike"
  | "the zone, for keys of others"
  | "own launch template"
  | "the cluster's key"
  | "repository"
  | "bucket"
  | "file system"
  | "topic"
  | "queue"
  | "secret"
  | "own role"
  | "another role"
  | "another policy"
  | "itself"
  | "a user"
  | "cluster"
  | "key"
  | "nodes"
  | "launch template";

/** What the request says, in a partition. */
type Request = (partition: string) => Readonly<Record<string, string>>;

/** A known way to more rights: all calls together are one way. */
export interface Escalation {
  readonly way: string;
  /** Gives no right but what the way says, by what the deployer may do itself; unset: more rights, by a role or a user. */
  readonly over?: "the environment" | "others";
  readonly calls: readonly (readonly [
    action: string,
    on: On,
    request?: Request,
  ])[];
  /** A phrase with `…` that ways share, and the thing in it: a sentence tells them together. */
  readonly alike?: readonly [phrase: string, thing: string];
  /** What somebody has who goes this way. */
  readonly gain: string;
}

const ADMINISTRATOR: Request = (partition) => ({
  "iam:PolicyARN": `arn:${partition}:iam::aws:policy/AdministratorAccess`,
});

export const passTo = (service: string, on: On = "own role") =>
  ["iam:PassRole", on, () => ({ "iam:PassedToService": service })] as const;

/**
 * Ways that are published: "AWS IAM privilege escalation methods" (Rhino Security Labs), and what EKS adds. The first are through
 * what the deployer makes.
 */
export const ESCALATIONS: readonly Escalation[] = [
  {
    way: "write any right into a role of the environment, and let oneself take it",
    calls: [
      ["iam:PutRolePolicy", "own role"],
      ["iam:UpdateAssumeRolePolicy", "own role"],
    ],
    gain: "every right of the account, or of the boundary",
  },
  {
    way: "make a role of the environment's names, and take it",
    calls: [
      ["iam:CreateRole", "own role"],
      ["iam:PutRolePolicy", "own role"],
    ],
    gain: "every right of the account, or of the boundary",
  },
  {
    way: "attach AdministratorAccess to a role of the environment",
    calls: [["iam:AttachRolePolicy", "own role", ADMINISTRATOR]],
    gain: "every right of the account",
  },
  {
    way: "take the boundary off a role of the environment",
    calls: [["iam:DeleteRolePermissionsBoundary", "own role"]],
    gain: "every right of the account",
  },
  {
    way: "write rights into itself",
    calls: [["iam:PutRolePolicy", "itself"]],
    gain: "every right of the account",
  },
  {
    way: "attach AdministratorAccess to itself",
    calls: [["iam:AttachRolePolicy", "itself", ADMINISTRATOR]],
    gain: "every right of the account",
  },
  {
    way: "write rights into another role",
    calls: [["iam:PutRolePolicy", "another role"]],
    gain: "what that role is taken for",
  },
  {
    way: "let oneself take another role",
    calls: [["iam:UpdateAssumeRolePolicy", "another role"]],
    gain: "that role's rights",
  },
  {
    way: "take another role",
    calls: [["sts:AssumeRole", "another role"]],
    gain: "that role's rights, where it trusts the account",
  },
  {
    way: "make a role of any name",
    calls: [["iam:CreateRole", "another role"]],
    gain: "every right of the account",
  },
  {
    way: "change a policy that is attached somewhere",
    calls: [["iam:CreatePolicyVersion", "another policy"]],
    gain: "the rights of whom it is attached to",
  },
  {
    way: "make an access key or a password of a user",
    calls: [["iam:CreateAccessKey", "a user"]],
    gain: "that user's rights",
  },
  {
    way: "set the password of a user",
    calls: [["iam:UpdateLoginProfile", "a user"]],
    gain: "that user's rights",
  },
  {
    way: "write rights into a user",
    calls: [["iam:PutUserPolicy", "a user"]],
    gain: "every right of the account",
  },
  {
    way: "pass a role of the environment to an instance and start it",
    calls: [passTo("ec2.amazonaws.com"), ["ec2:RunInstances", "nodes"]],
    gain: "that role's rights, where an instance profile has it: EKS makes one for the role of nodes",
  },
  {
    way: "make a node group with a launch template of one's own",
    calls: [
      passTo("ec2.amazonaws.com"),
      ["eks:CreateNodegroup", "cluster"],
      ["ec2:CreateLaunchTemplate", "launch template"],
    ],
    gain: "the role of nodes, from code of one's own that starts there",
  },
  {
    way: "pass another role to an instance",
    calls: [passTo("ec2.amazonaws.com", "another role")],
    gain: "that role's rights",
  },
  ...[
    "lambda",
    "ecs-tasks",
    "cloudformation",
    "codebuild",
    "glue",
    "sagemaker",
  ].map((service): Escalation => ({
    way: `pass a role of the environment to ${service}`,
    calls: [passTo(`${service}.amazonaws.com`)],
    gain: "that role's rights, from code of one's own",
  })),
  {
    way: "log in to nodes by Systems Manager",
    calls: [["ssm:StartSession", "nodes"]],
    gain: "the nodes' role, and what runs there",
  },
];
