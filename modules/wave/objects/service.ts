import { type ServiceV1Config } from "@cdktf/provider-kubernetes/lib/service-v1";
import { type WaveSettings } from "../settings/schema";
import { WAVE, WAVE_PORT } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

/** Port of the Service, behind the Ingress. */
export const WAVE_SERVICE_PORT = 80;

/** Service of Wave: inside the cluster only, the load balancer talks to the pods. */
export function waveService({ wave }: WaveSettings): ServiceV1Config {
  return {
    metadata: {
      name: WAVE,
      namespace: wave.namespace,
      labels: labelsOf(WAVE_APP, "server"),
    },
    spec: {
      type: "ClusterIP",
      selector: { app: WAVE_APP },
      port: [
        {
          name: "http",
          port: WAVE_SERVICE_PORT,
          targetPort: String(WAVE_PORT),
          protocol: "TCP",
        },
      ],
    },
  };
}
