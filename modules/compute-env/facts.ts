import { type NamedFact, type PlatformFacts } from "../core/facts";
import { FUSE_NAMESPACE, STORAGE_VOLUME } from "./names";
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
    clusterWide:
      storage.kind === "efs" || storage.kind === "nfs"
        ? [{ path: "computeEnv.storage", name: STORAGE_VOLUME }]
        : [],
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
