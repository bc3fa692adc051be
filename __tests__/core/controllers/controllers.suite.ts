import { controllerRoles } from "../../../modules/core/controllers/controllers";
import { storedData, storedNetwork } from "../../support/identity";
import { exampleSettings, liteSettings } from "../../support/settings";
import { resourcesOf } from "../../support/synth";
import { workloadsJson, workloadsOf } from "../../support/workloads";

const settings = exampleSettings();
const rolesFor = (efs: boolean) =>
  controllerRoles(
    settings,
    { efs, waf: false, scaledNodes: false, services: [] },
    { network: storedNetwork, fileSystemId: storedData.fileSystemId },
  );

test("a platform that mounts nothing needs no EFS CSI driver, and no role for it", () => {
  expect(Object.keys(rolesFor(true))).toEqual([
    "loadBalancerController",
    "clusterAutoscaler",
    "efsCsiController",
    "efsCsiNode",
  ]);
  expect(rolesFor(false)).toEqual({
    loadBalancerController: rolesFor(true).loadBalancerController,
    clusterAutoscaler: rolesFor(true).clusterAutoscaler,
  });
});

test("Wave mounts its files, Wave Lite has none", () => {
  expect(Object.keys(resourcesOf(workloadsJson(), "helm_release"))).toContain(
    "efs-csi-driver",
  );
  expect(
    Object.keys(resourcesOf(workloadsOf(liteSettings()), "helm_release")),
  ).not.toContain("efs-csi-driver");
});

test("the releases use the roles of the identity stack", () => {
  const releases = resourcesOf(workloadsJson(), "helm_release");
  const role = (name: string) =>
    `\${data.terraform_remote_state.identity.outputs.${name}_role_arn}`;
  const valuesOf = (id: string) => String(releases[id]?.values);
  expect(valuesOf("load-balancer-controller")).toContain(
    role("load_balancer_controller"),
  );
  expect(valuesOf("efs-csi-driver")).toContain(role("efs_csi_controller"));
  expect(valuesOf("efs-csi-driver")).toContain(role("efs_csi_node"));
});

test("a web ACL of the platform reaches role and release of the load-balancer controller", () => {
  const wafAclArn =
    "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/1";
  const { "load-balancer-controller": release } = resourcesOf(
    workloadsJson({ wave: { ingress: { wafAclArn } } }),
    "helm_release",
  );
  expect(String(release?.values)).toContain('"enableWafv2":true');
});
