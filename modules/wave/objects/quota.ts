import { type LimitRangeV1Config } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { type ResourceQuotaV1Config } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { type WaveSettings } from "../settings/schema";
import { BUILD_GROUPS } from "../../core/cluster/node-labels";
import { WAVE_APP, labelsOf } from "./labels";
import { largestMemory } from "../../lib/quantity";
import {
  containerMemoryLimit,
  jobMemory,
  quotaMemory,
  quotaMemoryLimit,
  quotaPods,
} from "../release/build-quota";

const NAME = "wave-build";

/** Cap on builds: the only one of the classic line, above `max-running-jobs` of the current one. */
export function buildQuota(settings: WaveSettings): ResourceQuotaV1Config {
  const { wave } = settings;
  const { quota } = wave.build;
  return {
    metadata: metadataIn(wave.buildNamespace),
    spec: {
      hard: {
        pods: String(quotaPods(settings)),
        "requests.cpu": quota.requestsCpu,
        "requests.memory": quotaMemory(settings),
        "limits.memory": quotaMemoryLimit(settings),
      },
    },
  };
}

/**
 * Fills in what Wave leaves out of its build pods: without it the quota rejects them. Kaniko gets twice the memory that it
 * asks for (`containerMemoryLimit`). There is no CPU limit. On the current line Wave sets memory of every Job itself; what is
 * left are CPU of scans and copies, and the container that prepares a Singularity build.
 *
 * What a build writes beside its volume stays on its node: up to half of the node's disk, and then the pod is evicted. It
 * asks for none of it, because a group that starts from 0 nodes does not say how large their disks are.
 */
export function buildLimitRange(settings: WaveSettings): LimitRangeV1Config {
  const memory = largestMemory("3600Mi", jobMemory(settings));
  return {
    metadata: metadataIn(settings.wave.buildNamespace),
    spec: {
      limit: [
        {
          type: "Container",
          default: {
            memory: containerMemoryLimit(settings),
            ...halfOfDisk(settings),
          },
          defaultRequest: { cpu: "500m", memory, "ephemeral-storage": "0" },
        },
      ],
    },
  };
}

/** Of the smallest disk of ours that a build may find; no limit where all nodes are given, whose disks are not known. */
function halfOfDisk({
  cluster: { nodeGroups },
}: WaveSettings): Record<string, string> {
  const disks = BUILD_GROUPS.flatMap((key) => nodeGroups[key]?.diskGiB ?? []);
  return disks.length === 0
    ? {}
    : { "ephemeral-storage": `${Math.floor(Math.min(...disks) / 2)}Gi` };
}

const metadataIn = (namespace: string) => ({
  name: NAME,
  namespace,
  labels: labelsOf(WAVE_APP, "build"),
});
