import {
  DailyBackup,
  type DailyBackupProps,
} from "../../../modules/aws/backup/backup-plan";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const props: DailyBackupProps = {
  name: "wave-prod-efs",
  resourceArns: ["arn:aws:elasticfilesystem:eu-central-1:1:file-system/fs-1"],
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/storage",
};
const stackOf = (change: Partial<DailyBackupProps> = {}) =>
  synthOne(
    (stack) => new DailyBackup(stack, "backup", { ...props, ...change }),
  );
const stack = stackOf();

test("the vault has the customer managed key", () => {
  expect(onlyResource(stack, "aws_backup_vault")).toMatchObject({
    name: "wave-prod-efs",
    kms_key_arn: props.kmsKeyArn,
  });
});

test("BAK-01: daily into that vault, kept as long as the setting says", () => {
  expect(
    onlyResource(stackOf({ retentionDays: 90 }), "aws_backup_plan").rule,
  ).toEqual([
    {
      rule_name: "daily",
      schedule: "cron(0 5 ? * * *)",
      completion_window: 10080,
      target_vault_name: "${aws_backup_vault.backup.name}",
      lifecycle: { delete_after: 90 },
    },
  ]);
});

test("35 days and five o'clock, unless something else is said", () => {
  const [rule] = onlyResource(
    stackOf({ schedule: "cron(0 1 ? * * *)" }),
    "aws_backup_plan",
  ).rule as unknown[];
  expect(rule).toMatchObject({
    schedule: "cron(0 1 ? * * *)",
    lifecycle: { delete_after: 35 },
  });
});

test("the selection names the resources and the plan, and waits for the role's permissions", () => {
  const attachment = Object.keys(
    resourcesOf(stack, "aws_iam_role_policy_attachment"),
  ).map((id) => `aws_iam_role_policy_attachment.${id}`);
  expect(onlyResource(stack, "aws_backup_selection")).toMatchObject({
    resources: props.resourceArns,
    plan_id: expect.stringMatching(
      /^\$\{aws_backup_plan\.backup_plan_\w+\.id\}$/,
    ) as unknown,
    iam_role_arn: expect.stringMatching(/^\$\{aws_iam_role\./) as unknown,
    depends_on: attachment,
  });
});

test("the service's role has the service's policy, the path and the boundary that it is given", () => {
  const iam = {
    path: "/team/",
    permissionsBoundaryArn: "arn:aws-cn:iam::123456789012:policy/boundary",
  };
  expect(onlyResource(stack, "aws_iam_role")).toMatchObject({
    name: "wave-prod-efs-backup",
    path: "/",
  });
  const roleName = "wave-prod-euc1-backup";
  const bounded = stackOf({ partition: "aws-cn", iam, roleName });
  expect(onlyResource(bounded, "aws_iam_role")).toMatchObject({
    name: "wave-prod-euc1-backup",
    path: "/team/",
    permissions_boundary: iam.permissionsBoundaryArn,
    assume_role_policy: expect.stringContaining(
      '"backup.amazonaws.com"',
    ) as unknown,
  });
  expect(
    onlyResource(bounded, "aws_iam_role_policy_attachment").policy_arn,
  ).toBe(
    "arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
  );
});

test("a vault is kept, or emptied and deleted", () => {
  expect(onlyResource(stack, "aws_backup_vault")).toMatchObject({
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(stackOf({ retain: false }), "aws_backup_vault"),
  ).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});
