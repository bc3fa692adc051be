import { TerraformStack } from "cdktf";
import { buildApp } from "../../modules/app";
import { settingsSchema } from "../../modules/schema";
import { environmentOf } from "../support/environment";
import { GRAPH_CHECKS } from "../support/graph-checks";
import {
  HelloStack,
  helloFacts,
  helloSection,
} from "../support/platform/hello";
import { exampleInput } from "../support/settings";
import { onlyResource, resourcesOf } from "../support/synth";

/** An environment of the platform of `support/platform/` alone: no Wave, and no stores of Wave. */
function helloEnvironment(retain = true) {
  const core = settingsSchema.parse(
    exampleInput({
      wave: undefined,
      data: undefined,
      observability: undefined,
      cluster: { autoscaler: undefined, nodeGroups: { build: undefined } },
      retain,
    }),
  );
  const settings = { ...core, hello: helloSection.parse({}) };
  return environmentOf(settings, (app) => {
    buildApp(settings, app, [helloFacts(settings)]);
    const hello = new HelloStack(app, settings);
    for (const stack of app.node.children)
      if (stack !== hello && TerraformStack.isStack(stack))
        hello.addDependency(stack);
    return app;
  });
}

const environment = helloEnvironment();
const { network, data, identity, workloads, hello } = environment.stacks;

test("all four stacks of the core are there, and data is empty", () => {
  expect(Object.keys(environment.stacks).sort()).toEqual([
    "data",
    "hello",
    "identity",
    "network",
    "workloads",
  ]);
  expect(data).not.toHaveProperty("resource");
  expect(data).not.toHaveProperty("data");
  expect(data).not.toHaveProperty("output");
});

test("network makes the cluster, and asks the account for nothing of Wave", () => {
  expect(resourcesOf(network ?? {}, "aws_eks_cluster")).toBeDefined();
  expect(Object.keys(network?.data ?? {})).not.toContain(
    "aws_secretsmanager_secrets",
  );
});

test("identity has the OIDC provider and the role of the load-balancer controller, and no other role", () => {
  expect(Object.keys(resourcesOf(identity ?? {}, "aws_iam_role"))).toEqual([
    "load-balancer-controller",
  ]);
  expect(Object.keys(identity?.output ?? {}).sort()).toEqual([
    "load_balancer_controller_role_arn",
    "oidc_provider_arn",
  ]);
});

test("workloads has the load-balancer controller alone", () => {
  expect(Object.keys(workloads?.resource ?? {})).toEqual(["helm_release"]);
  expect(onlyResource(workloads ?? {}, "helm_release").name).toBe(
    "aws-load-balancer-controller",
  );
});

test("network refuses to go on where Wave was, unless retain is off", () => {
  const type = "aws_resourcegroupstaggingapi_resources";
  expect(Object.keys(network?.data ?? {})).toContain(type);
  const { network: retired } = helloEnvironment(false).stacks;
  expect(Object.keys(retired?.data ?? {})).not.toContain(type);
});

test("with retain each stack refuses its destroy before anything is deleted, without it none does", () => {
  const guarded = ({ stacks }: typeof environment) =>
    Object.keys(stacks)
      .filter((id) =>
        JSON.stringify(stacks[id]).includes('"prevent_destroy":true'),
      )
      .sort();
  expect(guarded(environment)).toEqual([
    "hello",
    "identity",
    "network",
    "workloads",
  ]);
  expect(guarded(helloEnvironment(false))).toEqual([]);
});

test("the platform reads the core's outputs, and makes its namespace", () => {
  expect(JSON.stringify(hello?.provider?.kubernetes)).toContain(
    "data.terraform_remote_state.network.outputs.cluster_endpoint",
  );
  expect(onlyResource(hello ?? {}, "kubernetes_namespace_v1")).toMatchObject({
    metadata: { name: "hello" },
  });
});

test.each(
  Object.entries(GRAPH_CHECKS).filter(
    // This one knows the addresses of an environment with Wave.
    ([sentence]) => sentence !== "the order of a destroy",
  ),
)("%s", (_sentence, check) => {
  expect(check(environment)).toEqual([]);
});
