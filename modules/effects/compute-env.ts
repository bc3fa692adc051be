import { type Effect } from "./effect";

const STORAGE = "computeEnv.storage";
const NODES = "computeEnv.nodes";

/** The rows of `computeEnv`. */
export const COMPUTE_ENV_EFFECTS: readonly Effect[] = [
  {
    keys: ["computeEnv"],
    does: "nothing",
    remark:
      "Added: a stack more. Taken away: the stack is not in the app any more, and all that it made stays; so destroy `compute-env` first, with `retain: false`",
    warn: true,
  },
  {
    keys: ["computeEnv.namespace"],
    does: "replaced",
    remark:
      "Everything in it, and runs that run are lost; refused while `retain` is on. Platform needs a new compute environment",
    warn: true,
  },
  {
    keys: ["computeEnv.headServiceAccount", "computeEnv.computeServiceAccount"],
    does: "replaced",
    remark:
      "The account: head pods of the old one can start no more tasks. Platform needs a new compute environment",
    warn: true,
  },
  {
    keys: ["computeEnv.launcher.kind", "computeEnv.launcher.arn"],
    does: "replaced",
    remark:
      "The access entry, and with `kind` the role: Platform cannot log in until its credential is that of the new one. Runs go on",
    warn: true,
  },
  {
    keys: ["computeEnv.launcher.*"],
    does: "in place",
    remark:
      "Trust and names; Platform cannot log in while its credential has another external id",
  },
  {
    keys: [`${STORAGE}.kind`, `${STORAGE}.bucket.kind`],
    does: "replaced",
    remark:
      "The storage, with the work files in it; refused while `retain` is on and the file system or bucket was made here. Platform needs a new compute environment",
    warn: true,
  },
  {
    keys: [
      `${STORAGE}.claimName`,
      `${STORAGE}.server`,
      `${STORAGE}.path`,
      `${STORAGE}.permissions`,
    ],
    does: "replaced",
    remark:
      "Claim and volume, not the files; it waits until no pod has them mounted. `permissions` count when the folder is made: one that exists keeps its mode",
    warn: true,
  },
  {
    keys: [`${STORAGE}.prefix`, `${STORAGE}.bucket.name`],
    does: "in place",
    remark:
      "The permissions of the pods, at once: runs that run lose their work directory. Platform needs a new compute environment",
    warn: true,
  },
  {
    keys: [`${STORAGE}.fuse`],
    does: "in place",
    remark:
      "Device plugin and Pod Security of the namespace. Pods that run stay; the configuration of Nextflow changes too",
  },
  {
    keys: [`${STORAGE}.mountPath`, `${STORAGE}.workDir`],
    does: "nothing",
    remark:
      "In the cluster; values of the form, for which Platform needs a new compute environment",
  },
  { keys: [`${STORAGE}.*`], does: "in place", remark: "" },
  {
    keys: [`${NODES}.kind`],
    does: "in place",
    remark:
      "The node group comes or goes, with the tasks on it. Selector and tolerations of Nextflow's configuration change too",
    warn: true,
  },
  {
    keys: [
      `${NODES}.instanceTypes`,
      `${NODES}.amiType`,
      `${NODES}.capacityType`,
    ],
    does: "replaced",
    remark:
      "The group: a new one comes up before the old one goes; tasks that run there are lost",
    warn: true,
  },
  {
    keys: [`${NODES}.minSize`, `${NODES}.desiredSize`, `${NODES}.maxSize`],
    does: "in place",
    remark:
      "Fewer nodes are drained: tasks on them are lost. With `cluster.autoscaler` `desiredSize` counts when the group is made",
  },
  {
    keys: [`${NODES}.nodeSelector.*`, `${NODES}.tolerations`],
    does: "in place",
    remark:
      "Of the device plugin, and in Nextflow's configuration and the head pod's spec: give both to Platform again",
  },
  {
    keys: [`${NODES}.*`],
    does: "rolls nodes",
    remark:
      "Node by node, with up to two more for each zone meanwhile; tasks that run there are lost, with `cluster.autoscaler` after fifteen minutes in which no pod is moved",
    warn: true,
  },
  {
    keys: ["computeEnv.serviceAccountToken"],
    does: "in place",
    remark: "Off: the token is worth nothing from then on",
  },
  {
    keys: ["computeEnv.admissionPolicy"],
    does: "in place",
    remark:
      "Pods that run stay; from then on a task of the account default is refused, which Platform takes where the form names none",
  },
  {
    keys: ["computeEnv.*"],
    does: "in place",
    remark: "Pods that run stay; the next ones meet it",
  },
];
