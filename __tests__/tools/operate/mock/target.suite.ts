import {
  checkEndpoint,
  storeLines,
} from "../../../../tools/operate/mock/target";
import { deliverySettings } from "../../../support/settings";

test.each([
  "http://127.0.0.1:4566",
  "http://127.1.2.3:4566",
  "http://localhost:4566",
  "http://[::1]:4566",
])("C61: %s is this machine", (endpoint) => {
  expect(() => {
    checkEndpoint(endpoint);
  }).not.toThrow();
});

test.each([
  "http://moto:4566",
  "http://10.0.0.1:4566",
  "http://localhost.example.org",
  "http://127.0.0.1.example.org",
  "http://user@example.org",
])("C61: %s is not, and is taken when it is named on purpose", (endpoint) => {
  const { hostname } = new URL(endpoint);
  expect(() => {
    checkEndpoint(endpoint);
  }).toThrow(`npm run mock -- --host=${hostname}`);
  expect(() => {
    checkEndpoint(endpoint, "another");
  }).toThrow("AWS_ENDPOINT_URL");
  expect(() => {
    checkEndpoint(endpoint, hostname);
  }).not.toThrow();
});

test.each([
  "https://sqs.eu-central-1.amazonaws.com",
  "https://s3.cn-north-1.amazonaws.com.cn",
  "https://sqs.eu-central-1.amazonaws.com.",
  "https://lambda.eu-central-1.api.aws",
])("C61: %s is AWS, even if it is named", (endpoint) => {
  expect(() => {
    checkEndpoint(endpoint, new URL(endpoint).hostname);
  }).toThrow("the mock is no way to deploy");
});

test.each(["4566", "127.0.0.1:4566", "file:///tmp"])(
  "C61: %s is no address",
  (endpoint) => {
    expect(() => {
      checkEndpoint(endpoint);
    }).toThrow("set it to http://127.0.0.1:4566");
  },
);

test("C61: every store with the ARN that it has in the mock", () => {
  const lines = storeLines(deliverySettings({ accountId: "210987654321" }));
  const { buckets, tables, queues, topics } =
    deliverySettings().delivery.stores;
  expect(lines).toHaveLength(
    [...buckets, ...tables, ...queues, ...topics].length,
  );
  expect(lines.join("\n")).toMatch(
    /^queue\/queue-job +arn:aws:sqs:\S+:123456789012:queue-job-prod\.fifo$/m,
  );
  expect(lines.join("\n")).not.toContain("210987654321");
});
