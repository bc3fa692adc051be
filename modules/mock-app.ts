import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type App, LocalBackend, TerraformStack } from "cdktf";
import { localStatePath } from "./core/state/state-location";
import { type DeliverySettings } from "./delivery/settings/schema";
import { createStores } from "./delivery/stores";
import { namesOf } from "./lib/names";
import { writeOneStack } from "./one-stack-app";

/** Account that moto plays. https://docs.getmoto.org/en/latest/docs/multi_account.html */
const MOCK_ACCOUNT = "123456789012";

/** The stores of an environment as the mock has them: in its account, and free to go. */
export const mockSettings = (settings: DeliverySettings): DeliverySettings => ({
  ...settings,
  accountId: MOCK_ACCOUNT,
  retain: false,
  backend: { kind: "local" },
});

/**
 * Nothing but the stores, for an emulator: everything but Redis, which stands in a VPC. Where calls go says the variable
 * AWS_ENDPOINT_URL; without it they go to AWS, which knows no such key and refuses them.
 */
export class MockStack extends TerraformStack {
  constructor(scope: App, settings: DeliverySettings) {
    super(scope, "mock");
    new AwsProvider(this, "aws", {
      region: settings.region,
      accessKey: "mock",
      secretKey: "mock",
      skipCredentialsValidation: true,
      skipRequestingAccountId: true,
      // Typed as string by the bindings.
      skipMetadataApiCheck: "true",
      // Names of buckets are no hosts of this machine.
      s3UsePathStyle: true,
      defaultTags: [{ tags: settings.tags }],
    });
    new LocalBackend(this, { path: localStatePath(this, settings, "mock") });
    createStores(this, { settings: mockSettings(settings) });
    for (const one of this.node.findAll())
      if (one instanceof SqsQueue) asMotoShows(one);
      else if (one instanceof S3BucketPolicy) asMotoDecides(one);
  }
}

/**
 * What moto does otherwise than SQS: it never shows who may redrive, for which the provider waits, and shows where to with
 * blanks, a change in every plan. A new number of tries takes a new mock.
 */
function asMotoShows(queue: SqsQueue): void {
  queue.resetRedriveAllowPolicy();
  queue.lifecycle = { ignoreChanges: ["redrive_policy"] };
}

/** moto does not look at conditions: without TLS, as it is reached, and with it, it would deny everything. */
function asMotoDecides(policy: S3BucketPolicy): void {
  policy.policy = (policy.policyInput ?? "").replace('"Deny"', '"Allow"');
}

/**
 * Writes the stack of the local mock.
 * @returns the folder that Terraform runs in.
 */
export const writeMockStack = (settings: DeliverySettings): string =>
  writeOneStack(
    `mock-${namesOf(settings).prefix}`,
    (app) => new MockStack(app, settings),
  );
