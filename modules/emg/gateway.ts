import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { type Construct } from "constructs";
import { type Application, createApplication } from "../kubernetes/application";
import { plainFile } from "../lib/template";
import { sha256 } from "../lib/sha256";
import { DEPLOYMENTS, SECRETS, SERVICES } from "./names";
import { type PartInputs, podDefaults } from "./pods";

const CONFIG = "/etc/gateway";

/** Creates the gateway: workers come to Prefect's API through it, each by its name and password. */
export function createGateway(
  scope: Construct,
  { settings, secrets, dependsOn }: PartInputs,
): Application {
  const { port, name } = SERVICES.gateway;
  const pod = podDefaults(settings, "gateway");
  const { namespace, labels } = pod;
  const data = { "nginx.conf": plainFile("manifests/emg/nginx.conf") };
  const config = new ConfigMapV1(scope, "gateway-config", {
    metadata: { name, namespace, labels },
    data,
    dependsOn: [...dependsOn],
  });
  return createApplication(scope, "gateway", {
    ...pod,
    name: DEPLOYMENTS.gateway,
    service: name,
    port,
    image: settings.emg.images.gateway,
    // Not the image's entrypoint, which writes to /etc/nginx.
    command: ["nginx", "-e", "stderr", "-c", `${CONFIG}/nginx.conf`],
    // Longer than the load balancer sends to a pod that is going.
    preStop: ["sleep", "15"],
    cpu: "50m",
    memory: "64Mi",
    user: { uid: 101, gid: 101 },
    volumes: [
      {
        name: "config",
        mountPath: CONFIG,
        readOnly: true,
        source: { configMap: name },
      },
      {
        name: "workers",
        mountPath: "/etc/workers",
        readOnly: true,
        source: { secret: SECRETS.workers },
      },
      { name: "tmp", mountPath: "/tmp", source: { emptyDir: "64Mi" } },
    ],
    probes: {
      readiness: { path: "/healthz", port },
      liveness: { path: "/healthz", port },
    },
    replicas: 2,
    checksums: {
      // Not by Terraform: its text would have to be escaped, and holds no expression.
      config: sha256(data["nginx.conf"]),
      workers: secrets.checksums.workers ?? "",
    },
    dependsOn: [...dependsOn, config],
  });
}
