import {
  type ClusterWideFact,
  type NamedFact,
  type PlatformFacts,
} from "../core/facts";
import { FUSE_NAMESPACE, LAUNCHER_GROUP, STORAGE_VOLUME } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** Whether the device plugin for `/dev/fuse` is installed. */
export const hasFusePlugin = ({
  computeEnv: { storage },
}: ComputeEnvSettings): boolean =>
  storage.kind === "fusion" && storage.fuse === "devicePlugin";

/** Whether a bucket for work files is made. */
export const makesBucket = ({
  computeEnv: { storage },
}: ComputeEnvSettings): boolean =>
  storage.kind === "fusion" && storage.bucket.kind === "created";

/** Who is in the group may launch in every namespace that binds it. */
function clusterWideOf({
  computeEnv: { storage },
}: ComputeEnvSettings): ClusterWideFact[] {
  const group = {
    path: "computeEnv.launcher",
    name: LAUNCHER_GROUP,
    what: "group of users",
  } as const;
  return storage.kind === "efs" || storage.kind === "nfs"
    ? [
        group,
        { path: "computeEnv.storage", name: STORAGE_VOLUME, what: "volume" },
      ]
    : [group];
}

/** What the core has to know of the compute environment. */
export function computeEnvFacts(settings: ComputeEnvSettings): PlatformFacts {
  const { namespace, nodes, storage } = settings.computeEnv;
  const namespaces: NamedFact[] = [
    { path: "computeEnv.namespace", name: namespace },
  ];
  if (hasFusePlugin(settings))
    namespaces.push({ path: "computeEnv.storage.fuse", name: FUSE_NAMESPACE });
  return {
    platform: "computeEnv",
    hosts: [],
    namespaces,
    clusterWide: clusterWideOf(settings),
    records: [],
    operatorSecrets: [],
    exclusives: [],
    needs: {
      efs: storage.kind === "efs",
      waf: false,
      scaledNodes: nodes.kind === "nodeGroup",
      // Images that are pulled; with Fusion logins by the roles of service accounts.
      services: [
        "ecr.api",
        "ecr.dkr",
        ...(storage.kind === "fusion" ? ["sts"] : []),
      ],
    },
  };
}
