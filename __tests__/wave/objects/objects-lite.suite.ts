import { withRelease } from "../../../modules/wave/release/release";
import { hasServerRole } from "../../../modules/wave/release/aws-needs";
import { waveRoles } from "../../../modules/wave/identity/roles";
import { waveInputs } from "../../support/wave-inputs";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { currentObjects, liteObjects, named } from "../../support/wave";

const lite = liteObjects();
const current = currentObjects();

test("K8S-02, K8S-16, K8S-17, K8S-24: Wave Lite has no object of builds, files or a store in the cluster", () => {
  expect(Object.keys(lite.namespaces)).toEqual(["wave"]);
  expect(Object.keys(lite.serviceAccounts)).toEqual(["wave-sa"]);
  expect(Object.keys(lite.deployments)).toEqual(["wave"]);
  expect(Object.keys(lite.services)).toEqual(["wave"]);
  expect(Object.keys(lite.networkPolicies)).toEqual([
    "wave-default-deny",
    "wave",
  ]);
  for (const kind of [
    lite.roles,
    lite.roleBindings,
    lite.volumes,
    lite.claims,
    lite.cronJobs,
  ])
    expect(kind).toEqual({});
  expect(lite.quota).toBeUndefined();
  expect(lite.limitRange).toBeUndefined();
  expect(JSON.stringify(lite)).not.toMatch(/wave-build|\/efs|surreal|fsap-/);
});

test("K8S-01, K8S-15, K8S-19, K8S-21, K8S-23: what is left is that of the current line", () => {
  expect(lite.namespaces.wave).toEqual(current.namespaces.wave);
  expect(lite.services).toEqual(current.services);
  expect(lite.autoscaler).toEqual(current.autoscaler);
  expect(lite.disruptionBudget).toEqual(current.disruptionBudget);
  expect(lite.networkPolicies.wave).toEqual(current.networkPolicies.wave);
  expect(lite.ingress.spec).toEqual(current.ingress.spec);
});

test("ING-06: without builds, connections may be silent as long as Wave itself allows", () => {
  expect(
    lite.ingress.metadata.annotations?.[
      "alb.ingress.kubernetes.io/load-balancer-attributes"
    ],
  ).toContain("idle_timeout.timeout_seconds=910");
});

test("IAM-09, K8S-11: wave-sa has a role for the role of another account, and none without: mails are about builds", () => {
  const { serverRoleArn } = waveInputs(liteSettings()).identity;
  const role = { "eks.amazonaws.com/role-arn": serverRoleArn };
  const annotationsWith = (wave: Parameters<typeof liteObjects>[0]) =>
    named(liteObjects(wave).serviceAccounts, "wave-sa").metadata.annotations;
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  const mail = { domain: "example.com", sender: "wave@example.com" };
  expect(annotationsWith({ wave: { mail } })).toBeUndefined();
  expect(annotationsWith({ wave: { current: { jumpRoleArn } } })).toEqual(role);
});

test("the account asks for the server's role exactly where stack identity makes it", () => {
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  const cases = [exampleSettings, currentSettings, liteSettings].flatMap(
    (settings) => [
      settings(),
      settings({ wave: { mail: undefined } }),
      settings({ wave: { mail: undefined, current: { jumpRoleArn } } }),
    ],
  );
  const made = cases.map(
    (settings) =>
      waveRoles(withRelease(settings), waveInputs(settings).data).server !==
      undefined,
  );
  expect(cases.map(hasServerRole)).toEqual(made);
  expect(made.filter((one) => !one)).toHaveLength(2);
});
