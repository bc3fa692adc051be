import { type CoreSettings } from "../settings/schema";

type AssumedRole = NonNullable<CoreSettings["access"]["assumeRole"]>;

/** `assume_role` of the S3 back end, and of those who read its states. */
export const assumedRoleOf = ({ roleArn, externalId }: AssumedRole) => ({
  role_arn: roleArn,
  external_id: externalId,
});
