import { type Effect } from "./effect";

const NODES = "cluster.nodeGroups.*";

/** The rows of `cluster`, but for what cannot be changed. */
export const CLUSTER_EFFECTS: readonly Effect[] = [
  {
    keys: ["cluster.version"],
    does: "rolls nodes",
    remark:
      "One minor at a time, and never back. The control plane takes ten minutes, then every group is rolled; builds that run there are lost. A cluster that exists is raised by its owner, the settings follow before the next plan, and groups of ours are rolled",
    warn: true,
  },
  {
    keys: [
      "cluster.endpoint.*",
      "cluster.addOns.*",
      "cluster.nodePolicyArns",
      "cluster.logRetentionDays",
    ],
    does: "in place",
    remark: "Some minutes each, without an interruption",
  },
  {
    keys: ["cluster.networkPolicyMode"],
    does: "in place",
    remark:
      "To strict: deploy `workloads` first, which opens the pods of kube-system, then `network`; back in the usual order. Pods of your own that no policy selects are closed from their next start on. Not run on AWS",
    warn: true,
  },
  {
    keys: [`${NODES}.minSize`, `${NODES}.desiredSize`, `${NODES}.maxSize`],
    does: "in place",
    remark:
      "Fewer nodes are drained: builds on them are lost. Of an autoscaled group `desiredSize` counts when it is made, and bounds that the running number is outside of are refused at plan",
  },
  {
    keys: ["cluster.autoscaler.*"],
    does: "in place",
    remark:
      "On: the number of build nodes, and of nodes of pipelines, is no longer Terraform's, and their sizes stay as they are at first. Off: Terraform sets `desiredSize` again, nodes beyond it are drained, with fifteen minutes for builds, and the autoscaler goes with `workloads`. [Build nodes](#day-two)",
  },
  {
    keys: [`${NODES}.labels.*`, `${NODES}.taints`],
    does: "in place",
    remark: "Pods that run stay where they are",
  },
  {
    keys: [`${NODES}.instanceTypes`, `${NODES}.amiType`],
    does: "replaced",
    remark:
      "The group: a new one comes up before the old one goes; builds that run there are lost",
    warn: true,
  },
  {
    keys: [NODES],
    does: "rolls nodes",
    remark:
      "Disk, key, image release and kernel settings: node by node, with up to two more nodes for each zone meanwhile; builds that run there are lost. With `releaseVersion: latest` a release of AWS does the same at the next deploy",
    warn: true,
  },
];
