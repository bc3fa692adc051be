import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  configPath,
  problemIf,
  property,
  secondsOf,
  shown,
} from "./rendered-reading";

/** VR-35, CFG-05: a trusted user's build lasts at least as long as another's. */
export function trustedTimeout(rendered: Rendered): Problem[] {
  const trusted = property(rendered, "wave.build.trusted-timeout");
  const timeout = property(rendered, "wave.build.timeout");
  const wanted = rendered.settings.wave.build.trustedTimeout;
  return problemIf(
    trusted !== wanted ||
      !(secondsOf(shown(trusted)) >= secondsOf(shown(timeout))),
    {
      path: configPath(rendered, "wave.build.trusted-timeout"),
      given: shown(trusted),
      allowed: `${wanted}, and not below wave.build.timeout`,
      fix: "write wave.build.trustedTimeout (VR-35)",
    },
  );
}

/** VR-36, CFG-R7: the quota leaves room for pods that are on their way out. */
export function quotaAboveJobs(rendered: Rendered): Problem[] {
  const jobs = property(rendered, "wave.job-manager.max-running-jobs");
  const wanted = rendered.settings.wave.build.maxRunningJobs;
  const pods = rendered.objects.quota?.spec?.hard?.pods;
  return [
    ...problemIf(jobs !== wanted, {
      path: configPath(rendered, "wave.job-manager.max-running-jobs"),
      given: shown(jobs),
      allowed: String(wanted),
      fix: "write wave.build.maxRunningJobs: nothing else holds Wave back (VR-36)",
    }),
    ...problemIf(!(Number(pods) >= wanted + 5), {
      path: "ResourceQuota: pods",
      given: shown(pods),
      allowed: `${wanted + 5} or more: maxRunningJobs + 5`,
      fix: "raise wave.build.quota.pods: Wave fails builds whose pods are refused (VR-36)",
    }),
  ];
}

/** VR-06, INF-03, CFG-15, CFG-16: three prefixes of one bucket; Wave does not start without the paths. */
export function objectPaths(rendered: Rendered): Problem[] {
  // Whatever bucket the first path names, the others are in it too.
  const logs = shown(property(rendered, "wave.build.logs.path"));
  const bucket = /^s3:\/\/([^/]+)\//.exec(logs)?.[1] ?? "<logs bucket>";
  const paths = {
    "wave.build.logs.path": "build-logs",
    "wave.build.locks.path": "build-locks",
    "wave.scan.reports.path": "scan-reports",
  };
  return Object.entries(paths).flatMap(([key, prefix]) => {
    const value = property(rendered, key);
    const wanted = `s3://${bucket}/${prefix}`;
    return problemIf(value !== wanted, {
      path: configPath(rendered, key),
      given: shown(value),
      allowed: wanted,
      fix: "write the path in the logs bucket: the server's role may write to these three prefixes only (VR-06)",
    });
  });
}

/** CFG-14, CFG-18: jobs ask for as much memory as they may take; copies, scans and builds each have their own. */
export function jobMemory(rendered: Rendered): Problem[] {
  const { build, scan, mirror } = rendered.settings.wave;
  return Object.entries({ build, scan, mirror }).flatMap(
    ([part, { requestMemory }]) =>
      ["requests", "limits"].flatMap((kind) => {
        const key = `wave.${part}.k8s.resources.${kind}.memory`;
        const value = property(rendered, key);
        return problemIf(value !== requestMemory, {
          path: configPath(rendered, key),
          given: shown(value),
          allowed: requestMemory,
          fix: `write wave.${part}.requestMemory: the quota counts it, and a pod without it takes the default (VR-37)`,
        });
      }),
  );
}

/** CFG-07, CFG-R4: what the line does is written out; a cache of blobs would need a static key. */
export function writtenSwitches(rendered: Rendered): Problem[] {
  const expected = {
    "wave.build.enabled": true,
    "wave.mirror.enabled": true,
    "wave.scan.enabled": rendered.settings.wave.scan.enabled,
    "wave.blobCache.enabled": false,
    "wave.cleanup.strategy": "onsuccess",
  };
  return Object.entries(expected).flatMap(([key, wanted]) =>
    problemIf(property(rendered, key) !== wanted, {
      path: configPath(rendered, key),
      given: shown(property(rendered, key)),
      allowed: String(wanted),
      fix: `write ${key}: ${wanted} (VR-06, CFG-R4)`,
    }),
  );
}
