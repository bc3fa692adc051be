import { POD_TYPES } from "../pods";

/** Something dangerous that a subject does not have: where, and what. */
export interface Addition {
  readonly types: readonly string[];
  /** A key of an object with one of these keys beside it, or of the body when there are none. */
  readonly beside?: string;
  readonly key: string;
  readonly value: unknown;
}

/** Items that make a list of a subject weaker, by the list's key. */
export const ITEMS: Readonly<Record<string, readonly unknown[]>> = {
  verbs: ["*", "escalate", "update"],
  api_groups: ["*"],
  public_access_cidrs: ["0.0.0.0/0"],
  client_id_list: ["elsewhere"],
  subject: [
    {
      kind: "Group",
      name: "system:authenticated",
      api_group: "rbac.authorization.k8s.io",
    },
  ],
  egress: [{}],
  ingress: [{}],
  volume: [{ name: "added", host_path: { path: "/" } }],
  env: [{ name: "ADDED_PASSWORD", value: "correct-horse-battery" }],
};

/** Items for lists of one type only. */
export const ITEMS_OF_TYPE: Readonly<
  Record<string, Readonly<Record<string, readonly unknown[]>>>
> = {
  kubernetes_role_v1: {
    resources: ["*", "secrets", "pods/exec"],
    rule: [{ api_groups: [""], resources: ["secrets"], verbs: ["get"] }],
  },
  kubernetes_ingress_v1: {
    rule: [{ http: { path: [{ path: "/", path_type: "Prefix" }] } }],
  },
};

/** Attributes that weaken a subject which lacks them: from the providers' and Kubernetes' documents. */
export const ADDITIONS: readonly Addition[] = [
  ...["host_pid", "host_ipc", "host_network"].map((key) => ({
    types: POD_TYPES,
    beside: "service_account_name",
    key,
    value: true,
  })),
  {
    types: POD_TYPES,
    beside: "allow_privilege_escalation",
    key: "privileged",
    value: true,
  },
  {
    types: POD_TYPES,
    beside: "allow_privilege_escalation",
    key: "run_as_user",
    value: "0",
  },
  {
    types: POD_TYPES,
    beside: "allow_privilege_escalation",
    key: "seccomp_profile",
    value: { type: "Unconfined" },
  },
  { types: POD_TYPES, beside: "drop", key: "add", value: ["SYS_ADMIN"] },
  { types: POD_TYPES, beside: "container_port", key: "host_port", value: 9090 },
  {
    types: ["aws_eks_node_group"],
    key: "remote_access",
    value: { ec2_ssh_key: "key" },
  },
  {
    types: ["aws_launch_template"],
    key: "network_interfaces",
    value: [{ associate_public_ip_address: "true" }],
  },
  {
    types: ["aws_launch_template"],
    key: "user_data",
    value: "cGFzc3dvcmQ9Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5",
  },
  {
    types: ["aws_security_group"],
    key: "egress",
    value: [
      { cidr_blocks: ["0.0.0.0/0"], from_port: 0, to_port: 0, protocol: "-1" },
    ],
  },
  {
    types: ["aws_security_group"],
    key: "ingress",
    value: [
      {
        cidr_blocks: ["0.0.0.0/0"],
        from_port: 22,
        to_port: 22,
        protocol: "tcp",
      },
    ],
  },
  {
    types: ["aws_default_security_group"],
    key: "ingress",
    value: [{ self: true, from_port: 0, to_port: 0, protocol: "-1" }],
  },
  {
    types: ["aws_vpc_security_group_ingress_rule"],
    key: "cidr_ipv4",
    value: "0.0.0.0/0",
  },
  {
    types: ["aws_eks_access_entry"],
    key: "kubernetes_groups",
    value: ["system:masters"],
  },
  {
    types: ["aws_iam_role"],
    key: "managed_policy_arns",
    value: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  },
  { types: ["aws_kms_key"], key: "is_enabled", value: false },
  {
    types: ["aws_kms_key"],
    key: "bypass_policy_lockout_safety_check",
    value: true,
  },
  {
    types: ["aws_secretsmanager_secret_version"],
    key: "secret_string",
    value: "correct-horse-battery",
  },
  {
    types: ["aws_efs_file_system"],
    key: "availability_zone_name",
    value: "eu-central-1a",
  },
  {
    types: ["aws_acm_certificate"],
    key: "subject_alternative_names",
    value: ["*.example.com"],
  },
  { types: ["provider.aws"], key: "access_key", value: "AKIA0000000000000000" },
  { types: ["provider.kubernetes"], key: "insecure", value: true },
  {
    types: ["kubernetes_secret_v1"],
    key: "data",
    value: { password: "correct-horse-battery" },
  },
  {
    types: ["kubernetes_persistent_volume_v1"],
    beside: "storage_class_name",
    key: "mount_options",
    value: ["notls"],
  },
  {
    types: ["kubernetes_service_v1"],
    beside: "selector",
    key: "external_ips",
    value: ["203.0.113.1"],
  },
  { types: ["aws_db_instance"], key: "publicly_accessible", value: true },
  {
    types: ["aws_db_instance"],
    key: "password",
    value: "correct-horse-battery",
  },
  { types: ["aws_db_instance"], key: "skip_final_snapshot", value: true },
  { types: ["helm_release"], key: "create_namespace", value: true },
];
