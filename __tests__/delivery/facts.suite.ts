import { collisionsWith } from "../../modules/core/rules/collisions";
import { deliveryFacts } from "../../modules/delivery/facts";
import { neighbourOf } from "../../modules/siblings";
import { type SettingsChange, deliverySettings } from "../support/settings";

/** Paths that an environment like the example, with a change, cannot share with it. */
const shared = (change: SettingsChange): string[] =>
  collisionsWith(neighbourOf(deliverySettings()), [
    { source: "blue.yaml", ...neighbourOf(deliverySettings(change)) },
  ]).map(({ path }) => path);

const services = deliverySettings().delivery.services.map((service) => ({
  ...service,
  ecr: { kind: "existing" as const },
}));

test("C23: two clusters may have one domain; what an account has once is made by one of the two", () => {
  expect(shared({ environment: "blue" })).toEqual([
    "delivery.github.oidcProvider",
    ...[0, 1, 2].map((index) => `delivery.services[${index}].repository`),
  ]);
  expect(
    shared({
      environment: "blue",
      delivery: { services, github: { oidcProvider: "existing" } },
    }),
  ).toEqual([]);
});

test("stores have no name in their names: another one with the same environment has the same", () => {
  const found = shared({
    name: "other",
    delivery: { services, github: { oidcProvider: "existing" } },
  });
  expect(found).toEqual([
    ...[0, 1, 2].map((index) => `delivery.stores.buckets[${index}]`),
    ...["tables[0]", "tables[1]", "queues[0]", "topics[0]"].map(
      (store) => `delivery.stores.${store}.name`,
    ),
  ]);
});

test("C65: a name of a role is one of the whole account, and records of a domain are told apart by the cluster's name", () => {
  const role = {
    physicalName: "api-role",
    statements: [{ actions: ["s3:Get*"], resources: ["bucket/source/*"] }],
  };
  const named = services.map((service) => ({ ...service, role }));
  const settings = deliverySettings({ delivery: { services: named } });
  const { exclusives } = neighbourOf(settings);
  expect(exclusives).toContainEqual(
    expect.objectContaining({ value: "api-role" }),
  );
  // The bucket's region is in its name, the cluster's is not.
  expect(
    shared({
      region: "eu-west-1",
      delivery: { services, github: { oidcProvider: "existing" } },
    }),
  ).toEqual(expect.arrayContaining(["delivery.domain"]));
});

test("C26: the operator's secret holds the keys of the credential's kind", () => {
  const secretOf = (
    credential: NonNullable<
      NonNullable<SettingsChange["delivery"]>["flux"]
    >["credential"],
  ) =>
    deliveryFacts(deliverySettings({ delivery: { flux: { credential } } }))
      .operatorSecrets;
  expect(secretOf({ kind: "ssh", secret: "a" })).toEqual([
    {
      path: "delivery.flux.credential.secret",
      name: "a",
      keys: ["identity", "identityPub", "knownHosts"],
    },
  ]);
  expect(secretOf({ kind: "githubApp", secret: "a" })[0]?.keys).toEqual([
    "appId",
    "installationId",
    "privateKey",
  ]);
  expect(secretOf({ kind: "none" })).toEqual([]);
});

test("a web ACL can be taken away again, and pods reach the stores in a VPC without internet", () => {
  const { needs, namespaces } = deliveryFacts(deliverySettings());
  expect(needs).toMatchObject({
    waf: true,
    services: ["sts", "ecr.api", "ecr.dkr", "sqs", "sns"],
  });
  expect(namespaces.map(({ name }) => name)).toEqual([
    "delivery-ingress",
    "flux-system",
    "ui-default",
    "api-default",
    "worker-default",
  ]);
});
