import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { type Dependencies } from "./create-all";
import { type PodProps, containerOf, podOf } from "./pod";

/** Properties of `createOneShotJob`. */
export interface OneShotJobProps extends PodProps {
  /** Text, also one with Terraform expressions: another one runs the Job again. Nothing secret, its hash is in the name. */
  readonly revision: string;
  /** How often it is tried again. */
  readonly backoffLimit: number;
  /** Seconds that all tries have together. */
  readonly deadlineSeconds: number;
  readonly dependsOn: Dependencies;
}

/** Seconds beyond the deadline that Terraform waits: the Job says itself that it failed. */
const MARGIN = 120;

/**
 * Creates a Job that runs once for each revision, named `<name>-<8 hexadecimal digits>`, and waits for its end: another image
 * or size alone does not run it again. It stays
 * afterwards: one that removed itself would run again at the next apply. So do the pods of failed tries, with their logs; an
 * apply after a failure makes the Job anew.
 */
export function createOneShotJob(
  scope: Construct,
  id: string,
  props: OneShotJobProps,
): JobV1 {
  const { name, namespace, labels, backoffLimit, deadlineSeconds } = props;
  const revision = new TerraformLocal(scope, `revision-${id}`, props.revision);
  const timeout = `${deadlineSeconds + MARGIN}s`;
  return new JobV1(scope, `job-${id}`, {
    metadata: {
      name: `${name}-\${substr(sha256(local.${revision.friendlyUniqueId}), 0, 8)}`,
      namespace,
      labels,
    },
    spec: {
      backoffLimit,
      activeDeadlineSeconds: deadlineSeconds,
      template: {
        metadata: { labels },
        spec: {
          ...podOf(props),
          restartPolicy: "Never",
          container: [containerOf(props)],
        },
      },
    },
    waitForCompletion: true,
    // Any other pod would be another Job; a new revision has what is written then.
    lifecycle: { ignoreChanges: ["spec"] },
    timeouts: { create: timeout, update: timeout },
    dependsOn: [...props.dependsOn],
  });
}
