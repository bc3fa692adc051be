import {
  type DaemonSetV1Config,
  type DaemonSetV1SpecTemplateSpecToleration,
} from "@cdktf/provider-kubernetes/lib/daemon-set-v1";

/** Properties of `fusePlugin`. */
export interface FusePluginProps {
  /** Namespace with Pod Security `privileged`: nothing less allows a folder of the node. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>> & { readonly app: string };
  /** Image of `k8s-fuse-plugin`. */
  readonly image: string;
  /**
   * Secrets that the image is pulled with.
   * @default none
   */
  readonly imagePullSecrets?: readonly { readonly name: string }[];
  /** Labels of the nodes that get it. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Taints of these nodes. */
  readonly tolerations: readonly DaemonSetV1SpecTemplateSpecToleration[];
}

/** What the plugin adds to a node, and pods ask for. */
export const FUSE_RESOURCE = "nextflow.io/fuse";

/** How much of it a node has: more than it has room for pods. */
export const FUSE_MOUNTS = "5000";

const FOLDER = "/var/lib/kubelet/device-plugins";
const NAME = "fuse-plugin";

/**
 * The device plugin that gives a pod `/dev/fuse` for the limit `nextflow.io/fuse: 1`, so that it need not be privileged
 * (https://github.com/nextflow-io/k8s-fuse-plugin). It writes the socket by which the kubelet knows it, as root and without
 * any capability.
 */
export function fusePlugin(props: FusePluginProps): DaemonSetV1Config {
  const { labels, namespace, imagePullSecrets } = props;
  return {
    metadata: { name: NAME, namespace, labels },
    // Nodes come and go: an apply does not wait for all of them.
    waitForRollout: false,
    spec: {
      selector: { matchLabels: { app: labels.app } },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          imagePullSecrets: imagePullSecrets && [...imagePullSecrets],
          nodeSelector: props.nodeSelector,
          toleration: [...props.tolerations],
          securityContext: { seccompProfile: { type: "RuntimeDefault" } },
          container: [
            {
              name: NAME,
              image: props.image,
              args: [`--mounts-allowed=${FUSE_MOUNTS}`],
              resources: {
                requests: { cpu: "10m", memory: "32Mi" },
                limits: { memory: "64Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMount: [{ name: "device-plugins", mountPath: FOLDER }],
            },
          ],
          volume: [{ name: "device-plugins", hostPath: { path: FOLDER } }],
        },
      },
    },
  };
}
