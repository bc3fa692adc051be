import {
  DynamodbTable,
  type DynamodbTableAttribute,
} from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";

/** Type of a key: text, number or binary. */
export type KeyType = "S" | "N" | "B";

/** What items are found by. */
export interface TableKeys {
  /** Partition key. */
  readonly hashKey: string;
  /** @default "S" */
  readonly hashKeyType?: KeyType;
  /**
   * Sort key.
   * @default none
   */
  readonly rangeKey?: string;
  /** @default "S" */
  readonly rangeKeyType?: KeyType;
}

/** Properties of `Table`. */
export interface TableProps extends TableKeys {
  /** Name, unique in account and region. */
  readonly name: string;
  /** Customer managed key. */
  readonly kmsKeyArn: string;
  /**
   * Global secondary indexes, each of all attributes. One attribute has one type in all keys.
   * @default none
   */
  readonly indexes?: readonly (TableKeys & { readonly name: string })[];
  /**
   * Keep the table: deletion protection of DynamoDB, and `prevent_destroy`.
   * @default true
   */
  readonly retain?: boolean;
}

/** DynamoDB table that is paid by use, encrypted with a key of its own and restored to any second of the last 35 days. */
export class Table extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { name, hashKey, rangeKey, indexes = [], retain = true } = props;
    this.arn = new DynamodbTable(this, "Default", {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey,
      rangeKey,
      attribute: attributesOf([props, ...indexes]),
      globalSecondaryIndex: indexes.map((index) => ({
        name: index.name,
        hashKey: index.hashKey,
        rangeKey: index.rangeKey,
        projectionType: "ALL",
      })),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: props.kmsKeyArn },
      deletionProtectionEnabled: retain,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    }).arn;
  }
}

/** Every attribute of a key once: DynamoDB takes neither one twice nor one that is in no key. */
function attributesOf(keys: readonly TableKeys[]): DynamodbTableAttribute[] {
  const types = new Map<string, KeyType>();
  for (const { hashKey, hashKeyType, rangeKey, rangeKeyType } of keys) {
    types.set(hashKey, hashKeyType ?? "S");
    if (rangeKey !== undefined) types.set(rangeKey, rangeKeyType ?? "S");
  }
  return [...types].map(([name, type]) => ({ name, type }));
}
