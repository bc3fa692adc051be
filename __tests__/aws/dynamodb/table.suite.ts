import { Table, type TableProps } from "../../../modules/aws/dynamodb/table";
import { onlyResource, synthOne } from "../../support/synth";

const props: TableProps = {
  name: "samples-staging",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/stores",
  hashKey: "experimentId",
};
const tableOf = (change: Partial<TableProps> = {}) =>
  onlyResource(
    synthOne((stack) => new Table(stack, "table", { ...props, ...change })),
    "aws_dynamodb_table",
  );

test("paid by use, restored to any second, encrypted with the key", () => {
  expect(tableOf()).toMatchObject({
    name: "samples-staging",
    billing_mode: "PAY_PER_REQUEST",
    point_in_time_recovery: { enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: props.kmsKeyArn },
  });
});

test("keys and indexes as given, and every attribute of theirs once", () => {
  expect(
    tableOf({
      rangeKey: "createdAt",
      rangeKeyType: "N",
      indexes: [
        {
          name: "byProject",
          hashKey: "projectUuid",
          rangeKey: "experimentId",
        },
      ],
    }),
  ).toMatchObject({
    hash_key: "experimentId",
    range_key: "createdAt",
    attribute: [
      { name: "experimentId", type: "S" },
      { name: "createdAt", type: "N" },
      { name: "projectUuid", type: "S" },
    ],
    global_secondary_index: [
      {
        name: "byProject",
        hash_key: "projectUuid",
        range_key: "experimentId",
        projection_type: "ALL",
      },
    ],
  });
  expect(tableOf()).not.toHaveProperty("range_key");
});

test("kept in Terraform and in DynamoDB, or deleted", () => {
  expect(tableOf()).toMatchObject({
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(tableOf({ retain: false })).toMatchObject({
    deletion_protection_enabled: false,
    lifecycle: { prevent_destroy: false },
  });
});
