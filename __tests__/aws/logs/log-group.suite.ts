import { LogGroup } from "../../../modules/aws/logs/log-group";
import { onlyResource, synthOne } from "../../support/synth";

test("a log group has a retention and a customer managed key", () => {
  const stack = synthOne(
    (scope) =>
      new LogGroup(scope, "logs", {
        name: "/aws/eks/wave-prod/cluster",
        retentionDays: 365,
        kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
      }),
  );
  expect(onlyResource(stack, "aws_cloudwatch_log_group")).toMatchObject({
    name: "/aws/eks/wave-prod/cluster",
    retention_in_days: 365,
    kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/k",
  });
});
