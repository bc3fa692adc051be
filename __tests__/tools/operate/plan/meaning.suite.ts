import { meaningsOf } from "../../../../tools/operate/plan/meaning";
import { type PlanJson } from "../../../../tools/operate/plan/plan-json";
import { currentSettings, exampleSettings } from "../../../support/settings";

type Resource = NonNullable<PlanJson["resource_changes"]>[number];

/** One resource of a plan, as `terraform show -json` prints it. */
const change = (
  address: string,
  actions: readonly string[],
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null = null,
  unknown: unknown = {},
): Resource => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions, before, after, after_unknown: unknown },
});

/** Kinds and texts of what a plan means for an environment of the current line. */
const meaningOf = (
  resources: readonly Resource[],
  { settings = currentSettings(), stack = "network" } = {},
): string[] =>
  meaningsOf({ resource_changes: resources }, settings, stack).map(
    ({ text }) => text,
  );

const group = (name: string, version = "2", desired = 3) => ({
  node_group_name_prefix: `wave-prod-${name}-`,
  launch_template: [{ id: "lt-1", name: "", version }],
  version: "1.36",
  release_version: "1.36.0-20260101",
  scaling_config: [{ desired_size: desired, max_size: 4, min_size: 1 }],
});

const rolled = (name: string) =>
  change(
    `aws_eks_node_group.nodes_${name}`,
    ["update"],
    group(name),
    { ...group(name), launch_template: [{ id: "lt-1", name: "" }] },
    { launch_template: [{ version: true }] },
  );

test("a launch template whose new version is not known yet rolls its group, and with it the builds that run there", () => {
  expect(meaningOf([rolled("build"), rolled("system")])).toEqual([
    "rolls nodes: build, system",
    "interrupts builds",
  ]);
  expect(meaningOf([rolled("system")])).toEqual(["rolls nodes: system"]);
});

test("on the classic line builds live in Wave's process: its nodes and its pods count too", () => {
  const classic = { settings: exampleSettings() };
  expect(meaningOf([rolled("system")], classic)).toEqual([
    "rolls nodes: system",
    "interrupts builds",
  ]);
  expect(meaningOf([deployment("wave", "1.7.9", "1.7.8")], classic)).toEqual([
    "restarts Wave",
    "interrupts builds",
  ]);
});

test("nodes of another stack are those of pipelines", () => {
  expect(meaningOf([rolled("compute")], { stack: "compute-env" })).toEqual([
    "rolls nodes: compute",
    "interrupts pipelines",
  ]);
});

test("a group that is made anew, goes, or shrinks", () => {
  const address = "aws_eks_node_group.nodes_build";
  const build = group("build");
  expect(
    meaningOf([change(address, ["create", "delete"], build, build)]),
  ).toEqual(["replaces nodes: build", "interrupts builds"]);
  expect(meaningOf([change(address, ["delete"], build)])).toEqual([
    "removes nodes: build",
    "interrupts builds",
  ]);
  expect(
    meaningOf([change(address, ["update"], build, group("build", "2", 1))]),
  ).toEqual(["removes nodes: build", "interrupts builds"]);
});

test("a group that is new, grows, or changes its labels touches nobody", () => {
  const address = "aws_eks_node_group.nodes_build";
  const build = group("build");
  expect(
    meaningOf([
      change(address, ["create"], null, build),
      change(address, ["update"], build, group("build", "2", 4)),
      change(address, ["update"], build, { ...build, labels: { a: "b" } }),
      change(address, ["no-op"], build, build),
    ]),
  ).toEqual([]);
});

const deployment = (name: string, was: string, is: string, replicas = "2") => {
  const values = (version: string, count: string) => ({
    metadata: [{ name, namespace: "wave" }],
    spec: [
      {
        replicas: count,
        template: [{ spec: [{ container: [{ image: `wave:${version}` }] }] }],
      },
    ],
  });
  return change(
    `kubernetes_deployment_v1.deployment-${name}`,
    ["update"],
    values(was, "2"),
    values(is, replicas),
  );
};

test("another pod template restarts, another number of replicas does not", () => {
  expect(meaningOf([deployment("wave", "1", "2")])).toEqual(["restarts Wave"]);
  expect(meaningOf([deployment("wave", "1", "1", "3")])).toEqual([]);
  expect(meaningOf([deployment("surrealdb", "1", "2")])).toEqual([
    "restarts pods: surrealdb",
  ]);
});

test("a checksum that is known after the apply restarts Wave too", () => {
  const same = deployment("wave", "1", "1");
  expect(
    meaningOf([
      {
        ...same,
        change: {
          ...same.change,
          after_unknown: {
            spec: [
              {
                template: [
                  { metadata: [{ annotations: { "checksum/config": true } }] },
                ],
              },
            ],
          },
        },
      },
    ]),
  ).toEqual(["restarts Wave"]);
});

test("passwords restart Wave, versions and classes interrupt the store, a longer backup window neither", () => {
  const update = (type: string, before: object, after: object) =>
    change(`${type}.store`, ["update"], { ...before }, { ...after });
  const data = { stack: "data" };
  expect(
    meaningOf(
      [
        update(
          "aws_db_instance",
          { password_wo_version: 1 },
          { password_wo_version: 2 },
        ),
        update(
          "aws_elasticache_replication_group",
          { node_type: "a" },
          { node_type: "b" },
        ),
      ],
      data,
    ),
  ).toEqual([
    "restarts Wave: password of database",
    "interrupts a store: Redis",
  ]);
  expect(
    meaningOf(
      [
        update(
          "aws_db_instance",
          { backup_window: "1" },
          { backup_window: "2" },
        ),
      ],
      data,
    ),
  ).toEqual([]);
});

test("stores that go or are made anew are counted by what they are, and named by their addresses", () => {
  const [meaning] = meaningsOf(
    {
      resource_changes: [
        change("aws_ecr_repository.build", ["delete", "create"], {}, {}),
        change("aws_ecr_repository.cache", ["delete", "create"], {}, {}),
        change("aws_db_instance.postgres", ["delete"], {}),
        change("aws_s3_bucket.new", ["create"], null, {}),
        change("aws_s3_bucket.logs", ["update"], {}, {}),
        change("aws_s3_bucket_policy.logs", ["delete"], {}),
      ],
    },
    currentSettings(),
    "data",
  );
  expect(meaning).toEqual({
    kind: "loses data",
    text: "loses data: replaces 2 ECR repositories, destroys 1 database",
    addresses: [
      "aws_ecr_repository.build",
      "aws_ecr_repository.cache",
      "aws_db_instance.postgres",
    ],
  });
});

const alias = (name: string) => ({
  name: "wave.example.com",
  alias: [{ name, zone_id: "Z1" }],
});

test("an Ingress made anew, and an alias that leads elsewhere, interrupt the load balancer", () => {
  const ingress = { metadata: [{ name: "wave-ingress" }] };
  expect(
    meaningOf([
      change(
        "kubernetes_ingress_v1.ingress",
        ["delete", "create"],
        ingress,
        ingress,
      ),
      change("aws_route53_record.alias", ["update"], alias("a"), alias("b")),
    ]),
  ).toEqual(["interrupts the load balancer: its alias, wave-ingress"]);
});

test("an Ingress that changes in place, and an alias that is only read again, do not", () => {
  const ingress = { metadata: [{ name: "wave-ingress" }] };
  expect(
    meaningOf([
      change("kubernetes_ingress_v1.ingress", ["update"], ingress, ingress),
      change(
        "aws_route53_record.alias",
        ["update"],
        alias("a"),
        { alias: [{ zone_id: "Z1" }] },
        { alias: [{ name: true }] },
      ),
      change("aws_route53_record.certificate", ["delete"], { alias: [] }),
    ]),
  ).toEqual([]);
});
