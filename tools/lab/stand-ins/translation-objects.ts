import { type StackOutputs, filledIn } from "../terraform/outputs";
import {
  type KubernetesObject,
  type TerraformJson,
  manifestsOf,
} from "../../operate/manifests/manifests";

/**
 * The Kubernetes objects of a synthesized stack as a deploy would make them: outputs of the other stacks are filled in, and
 * Secrets hold stand-in values. What only Terraform can compute, such as checksums, stays a placeholder.
 */
export function objectsOf(
  stack: TerraformJson,
  outputs: StackOutputs,
): KubernetesObject[] {
  const filled = filledIn(stack, outputs) as TerraformJson;
  return manifestsOf(filled).map(({ object }) =>
    object.kind === "Secret" ? withValues(object) : object,
  );
}

/** A value for every empty key of a Secret. */
function withValues(secret: KubernetesObject): KubernetesObject {
  const { stringData, data, ...rest } = secret;
  const filled = (map: unknown, value: string) =>
    Object.fromEntries(
      Object.entries(map as Record<string, string>).map(([key, old]) => [
        key,
        old === "" ? value : old,
      ]),
    );
  return {
    ...rest,
    ...(stringData !== undefined && {
      stringData: filled(stringData, "stand-in"),
    }),
    ...(data !== undefined && { data: filled(data, "c3RhbmQtaW4=") }),
  };
}

/** Names of the charts that a stack installs. */
export const chartNames = ({ resource }: TerraformJson): string[] =>
  Object.values(resource?.helm_release ?? {}).map(({ name }) => String(name));

/** What kubectl prints about an object that is there. */
export interface LivingObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly webhooks?: readonly { readonly failurePolicy?: string }[];
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly hostname?: string }[];
    };
  };
}

/** Kinds that Terraform waits for, too. */
const waitedFor = new Set([
  "Deployment",
  "Ingress",
  "PersistentVolumeClaim",
  "ValidatingWebhookConfiguration",
]);

/** Whether what Terraform waits for has come: a rollout, a bound claim, a load balancer. */
export function isReady({
  kind,
  metadata,
  spec,
  status,
  webhooks,
}: LivingObject): boolean {
  switch (kind) {
    case "Deployment":
      return (
        status?.observedGeneration === metadata.generation &&
        (status?.updatedReplicas ?? 0) >= (spec?.replicas ?? 1) &&
        (status?.availableReplicas ?? 0) >= (spec?.replicas ?? 1)
      );
    case "PersistentVolumeClaim":
      return status?.phase === "Bound";
    case "Ingress":
      return status?.loadBalancer?.ingress?.[0]?.hostname !== undefined;
    // Until somebody answers for it, the API server refuses every object that it is asked about.
    case "ValidatingWebhookConfiguration":
      return (webhooks ?? []).every(
        ({ failurePolicy }) => failurePolicy === "Ignore",
      );
    default:
      return true;
  }
}

/**
 * Objects in the order they have, cut after each run of objects of one kind that has to be ready before the next is made.
 */
export function batchesOf<T extends { readonly kind: string }>(
  objects: readonly T[],
): T[][] {
  const batches: T[][] = [];
  let last: string | undefined;
  for (const object of objects) {
    const cut =
      last === undefined || (waitedFor.has(last) && last !== object.kind);
    if (cut) batches.push([]);
    batches.at(-1)?.push(object);
    last = object.kind;
  }
  return batches;
}

/** Name that no other object of the cluster has. */
export const idOf = ({
  apiVersion,
  kind,
  metadata,
}: KubernetesObject): string =>
  [apiVersion, kind, metadata.namespace ?? "", metadata.name].join(" ");
