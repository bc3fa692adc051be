import { nextflowConfig } from "../../../modules/compute-env/nextflow-config";
import {
  nodeSelectorOf,
  tolerationsOf,
} from "../../../modules/compute-env/nodes";
import { nodesSchema } from "../../../modules/compute-env/settings/nodes-schema";
import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";
import { storageSchema } from "../../../modules/compute-env/settings/storage-schema";
import { platformConfig } from "./configs";
import { type Job } from "./nextflow";

/** Each kind of storage. */
const STORAGES = {
  efs: { kind: "efs" },
  nfs: { kind: "nfs", server: "10.0.3.4", path: "/export/scratch" },
  claim: { kind: "claim", claimName: "tower-scratch" },
  "fusion with the device plugin": { kind: "fusion", fuse: "devicePlugin" },
  "fusion with privileged pods": { kind: "fusion", fuse: "privileged" },
} as const;

/** Each shape of nodes. */
const NODES = {
  "a node group": { minSize: 1 },
  "any node": { kind: "existing" },
  "a pool": {
    kind: "existing",
    nodeSelector: { pool: "nextflow", "example.com/tasks": "" },
    tolerations: [
      { key: "nextflow", operator: "Exists", effect: "NoSchedule" },
      { operator: "Exists" },
    ],
  },
} as const;

/** A configuration, and what a task has to become of it. */
export interface Variant {
  readonly name: string;
  readonly settings: ComputeEnvSettings;
  readonly text: string;
}

/** Every kind of storage on every shape of nodes. */
export const variantsOf = (base: ComputeEnvSettings): Variant[] =>
  Object.entries(STORAGES).flatMap(([storage, storageInput]) =>
    Object.entries(NODES).map(([nodes, nodesInput]) => {
      const settings = {
        ...base,
        computeEnv: {
          ...base.computeEnv,
          storage: storageSchema.parse(storageInput),
          nodes: nodesSchema.parse(nodesInput),
        },
      };
      const text = `${platformConfig(settings)}${nextflowConfig(settings)}`;
      return { name: `${storage} on ${nodes}`, settings, text };
    }),
  );

/** Whether tasks of it run privileged. */
export const isPrivileged = ({ settings: { computeEnv } }: Variant): boolean =>
  computeEnv.storage.kind === "fusion" &&
  computeEnv.storage.fuse === "privileged";

/** What of a Job of Nextflow is otherwise than the settings have it. */
export function differencesOf(variant: Variant, job: Job): string[] {
  const { settings } = variant;
  const { metadata, spec } = job.spec.template;
  const [container] = spec.containers;
  const hasPlugin =
    settings.computeEnv.storage.kind === "fusion" && !isPrivileged(variant);
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    kind: [job.kind, "Job"],
    nodes: [spec.nodeSelector ?? {}, nodeSelectorOf(settings)],
    tolerations: [spec.tolerations ?? [], tolerationsOf(settings)],
    token: [spec.automountServiceAccountToken, false],
    account: [
      spec.serviceAccountName,
      settings.computeEnv.computeServiceAccount,
    ],
    privileged: [
      container?.securityContext?.privileged ?? false,
      isPrivileged(variant),
    ],
    limits: [
      container?.resources?.limits ?? {},
      hasPlugin ? { "nextflow.io/fuse": 1 } : {},
    ],
    annotations: [
      metadata.annotations,
      {
        "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
        "karpenter.sh/do-not-disrupt": "true",
      },
    ],
  };
  return Object.entries(pairs)
    .filter(([, [found, wanted]]) => textOf(found) !== textOf(wanted))
    .map(
      ([what, [found, wanted]]) =>
        `${variant.name}: ${what} ${textOf(found)}, not ${textOf(wanted)}`,
    );
}

/** With its keys in order, and without those that are not set. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => a.localeCompare(b)),
        )
      : one,
  );
