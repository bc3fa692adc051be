import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { MockStack } from "../../modules/mock-app";
import { deliverySettings } from "../support/settings";
import { type StackJson, resourcesOf, synthStacks } from "../support/synth";

const { mock = {} as StackJson } = synthStacks(
  (app) => new MockStack(app, deliverySettings()),
);
const text = JSON.stringify(mock);

test("C61: the stores of the settings, and nothing of a cluster, a network or another stack's state", () => {
  expect(Object.keys(mock.resource ?? {})).toEqual(
    expect.arrayContaining([
      "aws_s3_bucket",
      "aws_dynamodb_table",
      "aws_sqs_queue",
      "aws_sns_topic",
    ]),
  );
  expect(text).not.toMatch(
    /terraform_remote_state|kubernetes|helm|elasticache|aws_security_group|aws_vpc/,
  );
  expect(Object.keys(mock.provider ?? {})).toEqual(["aws"]);
});

test("C61: no address and no account of a person: a local state, and a key that AWS does not know", () => {
  expect(mock.provider?.aws).toMatchObject([
    {
      access_key: "mock",
      secret_key: "mock",
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      skip_metadata_api_check: "true",
      s3_use_path_style: true,
    },
  ]);
  expect(text).not.toMatch(/endpoints|assume_role/);
  expect(Object.keys(mock.terraform?.backend ?? {})).toEqual(["local"]);
});

test("C61: a destroy takes everything, whatever the settings keep", () => {
  expect(deliverySettings().retain).toBe(true);
  expect(text).not.toContain('"prevent_destroy":true');
});

test("C61: moto denies what a condition would let pass, and waits for what it does not show", () => {
  for (const { policy } of Object.values(
    resourcesOf(mock, "aws_s3_bucket_policy"),
  ))
    expect(policy).not.toContain("Deny");
  for (const queue of Object.values(resourcesOf(mock, "aws_sqs_queue")))
    expect(queue).not.toHaveProperty("redrive_allow_policy");
});

test("C61: the compose file: pinned images, open to this machine only", () => {
  const { services } = parse(
    readFileSync(projectFile("manifests/delivery/mock/compose.yaml"), "utf8"),
  ) as {
    services: Record<string, { image: string; ports: string[] }>;
  };
  const ports = Object.values(services).flatMap((service) => service.ports);
  expect(ports.sort()).toEqual([
    "127.0.0.1:4566:5000",
    "127.0.0.1:5431:5432",
    "127.0.0.1:6379:6379",
  ]);
  for (const { image } of Object.values(services))
    expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?$/);
});
