import { createFluxRoles } from "../../modules/delivery/flux-roles";
import {
  ACCOUNT,
  IDENTITY,
  NETWORK,
  waitFor,
  waiting,
  worldOfStack,
} from "../support/compute-env";
import { type SettingsChange, deliverySettings } from "../support/settings";
import { type Call, isAllowed } from "../support/simulate";
import { type StackJson, resourcesOf, synthOne } from "../support/synth";

const stackOf = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const { dependsOn } = createFluxRoles(stack, {
      settings: deliverySettings(change),
      network: NETWORK,
      identity: IDENTITY,
    });
    waitFor(stack, dependsOn);
  });
const stack = stackOf();
const images = stackOf({
  delivery: { flux: { write: true, imageAutomation: true } },
});
const world = worldOfStack(images);

const SOURCE = "flux-source-controller";
const REFLECTOR = "flux-image-reflector-controller";
const repository = (name: string) =>
  `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`;
const CHART = repository("services-prod/charts/nodejs");
const does = (as: string, action: string, to: string): Call => ({
  as,
  does: `ecr:${action}`,
  to,
});

test.each([
  does(SOURCE, "GetAuthorizationToken", "*"),
  does(SOURCE, "BatchGetImage", CHART),
  does(SOURCE, "GetDownloadUrlForLayer", repository("api")),
  does(REFLECTOR, "GetAuthorizationToken", "*"),
  does(REFLECTOR, "ListImages", repository("api")),
  does(REFLECTOR, "BatchGetImage", repository("worker")),
])("C29, C68: $as: $does on $to", async (call) => {
  expect(await isAllowed(world, call)).toBe(true);
});

test.each([
  does(SOURCE, "PutImage", CHART),
  does(SOURCE, "ListImages", CHART),
  does(SOURCE, "BatchGetImage", repository("wave-prod/build")),
  does(SOURCE, "BatchGetImage", repository("api-2")),
  does(SOURCE, "BatchGetImage", repository("services-prod/charts/other")),
  does(REFLECTOR, "PutImage", repository("api")),
  does(REFLECTOR, "ListImages", repository("wave-prod/build")),
])("C29, C68: denied: $as: $does on $to", async (call) => {
  expect(await isAllowed(world, call)).toBe(false);
});

const enters = (role: string, sub: string): Call => ({
  as: "token",
  does: "sts:AssumeRoleWithWebIdentity",
  to: `arn:aws:iam::${ACCOUNT}:role/services-prod-euc1-${role}`,
  with: { sub: `system:serviceaccount:${sub}`, aud: "sts.amazonaws.com" },
});

test("C29, C68: each role is of one controller", async () => {
  for (const role of ["source-controller", "image-reflector-controller"]) {
    expect(
      await isAllowed(world, enters(`flux-${role}`, `flux-system:${role}`)),
    ).toBe(true);
    for (const other of [
      "flux-system:helm-controller",
      "flux-system:releases",
      `api-default:${role}`,
    ])
      expect(await isAllowed(world, enters(`flux-${role}`, other))).toBe(false);
  }
});

test("C29: tags of images are read where Flux writes new ones, and there are images", () => {
  const roles = (json: StackJson) =>
    Object.keys(resourcesOf(json, "aws_iam_role")).sort();
  expect(roles(stack)).toEqual(["source-controller"]);
  expect(roles(images)).toEqual([
    "image-reflector-controller",
    "source-controller",
  ]);
  expect(
    roles(
      stackOf({
        delivery: {
          flux: { write: true, imageAutomation: true },
          services: [],
        },
      }),
    ),
  ).toEqual(["source-controller"]);
});

test("their permissions stay until the controllers have gone", () => {
  expect(new Set(waiting(images) as string[])).toEqual(
    new Set(
      Object.keys(resourcesOf(images, "aws_iam_role_policy")).map(
        (id) => `aws_iam_role_policy.${id}`,
      ),
    ),
  );
});
