import { type Block, apiFields } from "./manifest-fields";
import { secretFields, secretSources } from "./manifest-secret";

/** The parts of a stack's `cdk.tf.json` that become manifests. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly ephemeral?: Readonly<
    Record<string, Readonly<Record<string, Block>>>
  >;
}

/** A Kubernetes object as the API takes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** One object of a stack. */
export interface Manifest {
  /** Address in Terraform, such as `kubernetes_deployment_v1.deployment-wave`. */
  readonly address: string;
  readonly object: KubernetesObject;
  /** Of a Secret: where the value of each key comes from. */
  readonly secretSources: Readonly<Record<string, string>>;
}

/** Kinds that are translated. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: [
    ...["ConfigMap", "LimitRange", "Namespace", "PersistentVolume"],
    ...["PersistentVolumeClaim", "ResourceQuota", "Secret", "Service"],
    "ServiceAccount",
  ],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": [
    ...["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  ],
  "scheduling.k8s.io/v1": ["PriorityClass"],
  "storage.k8s.io/v1": ["StorageClass"],
};

/** Arguments of Terraform and of the provider that are no part of the object. */
const NOT_OF_THE_OBJECT = new Set([
  ...["//", "connection", "count", "depends_on", "for_each", "lifecycle"],
  ...["provider", "provisioner", "timeouts"],
  ...["wait_for_completion", "wait_for_default_service_account"],
  ...["wait_for_load_balancer", "wait_for_rollout", "wait_until_bound"],
  ...["wait_for_service_account_token"],
]);

/** Defaults of the provider that differ from the API's. */
const PROVIDER_DEFAULTS: Readonly<Record<string, Block>> = {
  StorageClass: { allow_volume_expansion: true },
};

/**
 * The typed Kubernetes resources of a stack as plain objects, in an order in which they can be made: every object after
 * those it depends on, namespaces first. References are placeholders; Secrets hold no values.
 *
 * @throws Error for a typed resource of a kind this does not know.
 */
export function manifestsOf(stack: TerraformJson): Manifest[] {
  const waves = wavesOf(stack);
  return kubernetesResources(stack)
    .map(({ type, name, block }) => manifest(stack, type, name, block))
    .map((one) => ({ one, key: sortKey(one, waves.get(one.address) ?? 0) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);
}

function kubernetesResources({ resource = {} }: TerraformJson) {
  return Object.entries(resource)
    .filter(([type]) => type.startsWith("kubernetes_"))
    .flatMap(([type, blocks]) =>
      Object.entries(blocks).map(([name, block]) => ({ type, name, block })),
    );
}

function manifest(
  stack: TerraformJson,
  type: string,
  name: string,
  block: Block,
): Manifest {
  const { apiVersion, kind } = kindOf(type);
  const own = Object.entries({
    ...PROVIDER_DEFAULTS[kind],
    ...withoutIgnored(block),
  }).filter(([key]) => !NOT_OF_THE_OBJECT.has(key));
  const fields = Object.fromEntries(own);
  const isSecret = kind === "Secret";
  return {
    address: `${type}.${name}`,
    object: {
      apiVersion,
      kind,
      ...(isSecret ? secretFields(fields) : apiFields(fields)),
    } as KubernetesObject,
    secretSources: isSecret ? secretSources(stack, fields) : {},
  };
}

/** The block without what Terraform sets once and then leaves to somebody else, such as replicas to an autoscaler. */
function withoutIgnored(block: Block): Block {
  const { ignore_changes = [] } = (block.lifecycle ?? {}) as {
    ignore_changes?: string[];
  };
  const ignored = ignore_changes.map((path) => path.split("[0]."));
  return Object.fromEntries(
    Object.entries(block).map(([key, value]) => {
      const fields = ignored.flatMap(([first, field]) =>
        first === key && field !== undefined ? [field] : [],
      );
      if (fields.length === 0) return [key, value];
      const kept = Object.entries(value as Block).filter(
        ([field]) => !fields.includes(field),
      );
      return [key, Object.fromEntries(kept)];
    }),
  );
}

/**
 * `kubernetes_horizontal_pod_autoscaler_v2` → HorizontalPodAutoscaler of autoscaling/v2. The account that Kubernetes makes in
 * each namespace has a type of its own in the provider.
 */
function kindOf(type: string): { apiVersion: string; kind: string } {
  const kind = type
    .replace(/^kubernetes(_default(?=_service_account))?|_v\d+$/g, "")
    .replace(/_([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
  const found = Object.entries(KINDS).find(([, kinds]) => kinds.includes(kind));
  if (found === undefined)
    throw new Error(
      `No manifest for ${type}: add its kind to tools/operate/manifests/manifests.ts.`,
    );
  return { apiVersion: found[0], kind };
}

/** Of each resource, how many Kubernetes objects have to be made one after the other before it. */
function wavesOf({ resource = {} }: TerraformJson): Map<string, number> {
  const texts = new Map<string, string>();
  for (const [type, blocks] of Object.entries(resource))
    for (const [name, block] of Object.entries(blocks))
      texts.set(`${type}.${name}`, JSON.stringify(block));

  const waves = new Map<string, number>();
  const waveOf = (address: string): number => {
    const known = waves.get(address);
    if (known !== undefined) return known;
    // depends_on and references alike name an address.
    const named = texts.get(address)?.match(/\b[a-z]\w+\.[\w-]+/g) ?? [];
    const before = [...new Set(named)]
      .filter((other) => other !== address && texts.has(other))
      .map(
        (other) => waveOf(other) + (other.startsWith("kubernetes_") ? 1 : 0),
      );
    const wave = Math.max(0, ...before);
    waves.set(address, wave);
    return wave;
  };
  return new Map(
    [...texts.keys()].map((address) => [address, waveOf(address)]),
  );
}

function sortKey({ object, address }: Manifest, wave: number): string {
  const first = object.kind === "Namespace" ? 0 : 1;
  return `${String(wave).padStart(4, "0")} ${first} ${object.kind} ${object.metadata.name} ${address}`;
}
