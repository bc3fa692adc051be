import { twice } from "../lib/quantity";
import { restrictedContainer, restrictedPod } from "./restricted-pod";

/** A folder of the container, and what is in it. */
export interface PodVolume {
  readonly name: string;
  readonly mountPath: string;
  /** @default false */
  readonly readOnly?: boolean;
  readonly source:
    | { /** Size limit, such as `64Mi`. */ readonly emptyDir: string }
    | { /** Name of the ConfigMap. */ readonly configMap: string }
    | {
        /** Name of the Secret; its files are the group's. */
        readonly secret: string;
        /** @default "0440" */
        readonly mode?: string;
      }
    | { /** Name of the claim. */ readonly claim: string };
}

/** A pod of one container that Pod Security "restricted" accepts, without a token of the Kubernetes API. */
export interface PodProps {
  /** Of the object that makes the pod, and of its container. */
  readonly name: string;
  readonly namespace: string;
  /** `app` selects the pods. */
  readonly labels: Readonly<Record<string, string>> & { readonly app: string };
  readonly image: string;
  /** @default the image's */
  readonly command?: readonly string[];
  /** @default the image's */
  readonly args?: readonly string[];
  /** Variables by name. Nothing secret. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables that come from a Secret. */
  readonly secretEnv?: Readonly<
    Record<string, { readonly secret: string; readonly key: string }>
  >;
  /** Variables that come from a field of the pod, such as `status.podIP`. */
  readonly fieldEnv?: Readonly<Record<string, string>>;
  /** Secrets and ConfigMaps whose keys are all variables. */
  readonly envFrom?: {
    readonly secrets?: readonly string[];
    readonly configMaps?: readonly string[];
  };
  /** CPU that the pod asks for. */
  readonly cpu: string;
  /** Memory that the pod asks for, in Mi or Gi; its limit is twice that. */
  readonly memory: string;
  readonly user: { readonly uid: number; readonly gid: number };
  /**
   * Whether the container writes to its volumes only.
   * @default true
   */
  readonly readOnlyRoot?: boolean;
  /** @default none */
  readonly volumes?: readonly PodVolume[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Secrets that the image is pulled with. A pod that names one gets none of its account. */
  readonly pullSecrets: readonly string[];
}

/**
 * The pod, as Deployments and Jobs of the provider both have it. Service links are off: the variables that they make of the
 * names of Services are taken for settings by programs whose own variables begin alike.
 */
export const podOf = (props: PodProps) => ({
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  imagePullSecrets: props.pullSecrets.map((name) => ({ name })),
  nodeSelector: { ...props.nodeSelector },
  securityContext: {
    ...restrictedPod(props.user.uid, props.user.gid),
    // Files of a Secret are root's, and of this group.
    ...(props.volumes?.some(({ source }) => "secret" in source) && {
      fsGroup: String(props.user.gid),
    }),
  },
  volume: props.volumes?.map((volume) => ({
    name: volume.name,
    ...sourceOf(volume),
  })),
});

/** The one container. */
export const containerOf = (props: PodProps) => ({
  name: props.name,
  image: props.image,
  command: props.command && [...props.command],
  args: props.args && [...props.args],
  env: orNone(environmentOf(props)),
  envFrom: [
    ...(props.envFrom?.secrets ?? []).map((name) => ({ secretRef: { name } })),
    ...(props.envFrom?.configMaps ?? []).map((name) => ({
      configMapRef: { name },
    })),
  ],
  resources: {
    requests: { cpu: props.cpu, memory: props.memory },
    limits: { memory: twice(props.memory) },
  },
  securityContext: {
    ...restrictedContainer,
    readOnlyRootFilesystem: props.readOnlyRoot ?? true,
  },
  volumeMount: props.volumes?.map(({ name, mountPath, readOnly = false }) => ({
    name,
    mountPath,
    readOnly,
  })),
});

/** An empty list is no list: checks of others stumble over it. */
const orNone = <Item>(items: readonly Item[]) =>
  items.length > 0 ? [...items] : undefined;

const environmentOf = ({ env, secretEnv, fieldEnv }: PodProps) => [
  ...Object.entries(env ?? {}).map(([name, value]) => ({ name, value })),
  ...Object.entries(secretEnv ?? {}).map(([name, { secret, key }]) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  })),
  ...Object.entries(fieldEnv ?? {}).map(([name, fieldPath]) => ({
    name,
    valueFrom: { fieldRef: { fieldPath } },
  })),
];

function sourceOf({ source, readOnly = false }: PodVolume) {
  if ("emptyDir" in source) return { emptyDir: { sizeLimit: source.emptyDir } };
  if ("configMap" in source) return { configMap: { name: source.configMap } };
  if ("claim" in source)
    return { persistentVolumeClaim: { claimName: source.claim, readOnly } };
  const { secret: secretName, mode: defaultMode = "0440" } = source;
  return { secret: { secretName, defaultMode } };
}
