import { type LimitRangeV1Config } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { type ResourceQuotaV1Config } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { largestMemory } from "../../lib/quantity";
import { type WaveSettings } from "../settings/schema";
import { WAVE_APP, labelsOf } from "./labels";
import {
  quotaMemory,
  quotaMemoryLimit,
  quotaPods,
} from "../release/line-defaults";

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
 * Fills in what Wave leaves out of its build pods: without it the quota rejects them. The default limit is as large as
 * the largest request Wave sets, because a limit below the request is refused too. There is no CPU limit.
 * On the current line Wave sets memory of every Job itself; what is left are CPU of scans and copies, and the container
 * that prepares a Singularity build.
 */
export function buildLimitRange({ wave }: WaveSettings): LimitRangeV1Config {
  const memory = largestMemory(
    "3600Mi",
    wave.build.requestMemory,
    wave.scan.requestMemory,
    wave.mirror.requestMemory,
  );
  return {
    metadata: metadataIn(wave.buildNamespace),
    spec: {
      limit: [
        {
          type: "Container",
          default: { memory },
          defaultRequest: { cpu: "500m", memory },
        },
      ],
    },
  };
}

const metadataIn = (namespace: string) => ({
  name: NAME,
  namespace,
  labels: labelsOf(WAVE_APP, "build"),
});
