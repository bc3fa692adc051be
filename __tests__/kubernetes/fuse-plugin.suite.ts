import { DaemonSetV1 } from "@cdktf/provider-kubernetes/lib/daemon-set-v1";
import { fusePlugin } from "../../modules/kubernetes/fuse-plugin";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";
import { schemaProblems } from "../support/kubernetes-schema";
import { synthOne } from "../support/synth";

const config = fusePlugin({
  namespace: "tower-fuse",
  labels: { app: "fuse-plugin", team: "research" },
  image: "quay.io/nextflow/k8s-fuse-plugin:0.3",
  imagePullSecrets: [{ name: "logins" }],
  nodeSelector: { service: "compute" },
  tolerations: [{ key: "service", operator: "Exists", effect: "NoSchedule" }],
});
const spec = config.spec.template.spec;

test("on the nodes of the pipelines, whatever their taint", () => {
  expect(spec).toMatchObject({
    nodeSelector: { service: "compute" },
    toleration: [{ key: "service", operator: "Exists", effect: "NoSchedule" }],
  });
  // A group may have no node at all, and an apply that waits for one would wait for ever.
  expect(config.waitForRollout).toBe(false);
});

test("it has the folder of the kubelet's device plugins, and no token, capability or file system beside it", () => {
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    container: [
      {
        args: ["--mounts-allowed=5000"],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMount: [{ mountPath: "/var/lib/kubelet/device-plugins" }],
      },
    ],
  });
  expect(spec?.volume).toEqual([
    {
      name: "device-plugins",
      hostPath: { path: "/var/lib/kubelet/device-plugins" },
    },
  ]);
  expect(JSON.stringify(spec)).not.toContain("privileged");
});

test("the API takes it", () => {
  const stack = synthOne((scope) => {
    new DaemonSetV1(scope, "plugin", config);
  });
  const objects = manifestsOf(stack as TerraformJson).map(
    ({ object }) => object,
  );
  expect(objects).toHaveLength(1);
  expect(schemaProblems(objects)).toEqual([[]]);
});
