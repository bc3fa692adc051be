import { currentSettings, exampleSettings } from "../support/settings";
import { synthApp } from "../support/synth";

/**
 * What may take long while AWS makes it. A wait that ends leaves it tainted, and `prevent_destroy` refuses the repair. The
 * provider has no such setting for the others: it does not wait for them, or not for long.
 */
const SLOW = [
  "aws_db_instance",
  "aws_eks_cluster",
  "aws_elasticache_replication_group",
  "aws_kms_key",
];
const QUICK = [
  "aws_backup_vault",
  "aws_ecr_repository",
  "aws_efs_file_system",
  "aws_iam_openid_connect_provider",
  "aws_s3_bucket",
  "aws_sesv2_email_identity",
  "aws_vpc",
  "helm_release",
  "kubernetes_namespace_v1",
];

test.each([
  ["classic", exampleSettings()],
  ["current", currentSettings()],
])(
  "%s: what refuses to be destroyed has time to be made",
  (_line, settings) => {
    const guarded = Object.values(synthApp(settings)).flatMap((stack) =>
      Object.entries(stack.resource ?? {}).flatMap(([type, resources]) =>
        Object.values(resources)
          .filter(({ lifecycle }) =>
            JSON.stringify(lifecycle ?? {}).includes('"prevent_destroy":true'),
          )
          .map(({ timeouts }) => ({ type, timeouts })),
      ),
    );
    expect(guarded.length).toBeGreaterThan(5);
    const hurried = guarded.filter(
      ({ type, timeouts }) => timeouts === undefined && !QUICK.includes(type),
    );
    expect(hurried).toEqual([]);
    for (const { type, timeouts } of guarded)
      if (SLOW.includes(type)) expect(timeouts).toHaveProperty("create");
  },
);
