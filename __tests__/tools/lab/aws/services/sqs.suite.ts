import { sqsService } from "../../../../../tools/lab/aws/services/sqs";
import { Client } from "../../support";

/** A moto that has one queue and shows what moto shows of it. */
const client = new Client(sqsService(), () =>
  Promise.resolve({
    status: 200,
    headers: {},
    body: Buffer.from(
      JSON.stringify({
        Attributes: {
          VisibilityTimeout: "30",
          RedrivePolicy: '{"deadLetterTargetArn": "arn", "maxReceiveCount": 5}',
        },
      }),
    ),
  }),
);
const QueueUrl = "http://127.0.0.1/123456789012/jobs";
const shown = async () =>
  (
    JSON.parse(
      await client.target("GetQueueAttributes", {
        QueueUrl,
        AttributeNames: ["All"],
      }),
    ) as { Attributes: Record<string, string> }
  ).Attributes;

test("a queue shows its policies as they were set, whatever is set after them, until it is deleted", async () => {
  const policies = { Policy: "{}", RedriveAllowPolicy: '{"a":1}' };
  await client.target("CreateQueue", {
    QueueName: "jobs",
    Attributes: { ...policies, VisibilityTimeout: "30" },
  });
  await client.target("SetQueueAttributes", {
    QueueUrl,
    Attributes: { VisibilityTimeout: "60" },
  });
  expect(await shown()).toEqual({
    ...policies,
    VisibilityTimeout: "30",
    RedrivePolicy: '{"deadLetterTargetArn":"arn","maxReceiveCount":5}',
  });
  await client.target("SetQueueAttributes", {
    QueueUrl,
    Attributes: { RedriveAllowPolicy: "" },
  });
  expect(await shown()).not.toHaveProperty("RedriveAllowPolicy");
  await client.target("DeleteQueue", { QueueUrl });
  expect(await shown()).not.toHaveProperty("Policy");
});
