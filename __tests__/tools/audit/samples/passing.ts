import { type StackJson } from "../../../../tools/audit/graph";
import { pod, policy, resource, stack } from "./sample";

const bucketWith = (type: string, body: Record<string, unknown> = {}) =>
  stack({
    "aws_s3_bucket.sample": {},
    [`${type}.sample`]: { bucket: "${aws_s3_bucket.sample.id}", ...body },
  });

/** What satisfies the rules that no resource of the examples does: those of the register, and of types we do not use. */
export const passing: Readonly<Record<string, StackJson>> = {
  "network/endpoint-zones": resource("aws_vpc_endpoint", {
    vpc_endpoint_type: "Interface",
    subnet_ids: ["subnet-a", "subnet-b"],
  }),
  "network-policies/system-namespaces": stack({
    "aws_eks_cluster.sample": {},
    ...Object.fromEntries(
      ["default", "kube-node-lease", "kube-public", "kube-system"].map(
        (namespace) => [
          `kubernetes_network_policy_v1.${namespace}`,
          { metadata: { name: "closed", namespace } },
        ],
      ),
    ),
  }),
  "s3/object-lock": bucketWith("aws_s3_bucket_object_lock_configuration"),
  "s3/mfa-delete": bucketWith("aws_s3_bucket_versioning", {
    versioning_configuration: { mfa_delete: "Enabled" },
  }),
  "names-and-mail/not-public": policy(
    { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "ses:*" },
    "aws_sesv2_email_identity_policy",
  ),
  "elasticache/no-secret-in-state": resource(
    "aws_elasticache_replication_group",
    {},
  ),
  "load-balancer/internal": resource("aws_lb", { internal: true }),
  "containers/digest": pod({}, { image: `a/b:1@sha256:${"0".repeat(64)}` }),
};

/** Rules that forbid a type as such: nothing satisfies them but the absence of the type. */
export const FORBIDDEN_TYPES = [
  "iam-attachments/no-users",
  "rbac/no-cluster-role",
];
