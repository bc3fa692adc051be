import { type Aws } from "../aws/client";
import { type KubeApi } from "../kube/api";
import { type Report } from "../report";
import { type Snapshot, differences } from "./snapshot";
import { snapshotOfAws } from "./snapshot-aws";
import { snapshotOfKubernetes } from "./snapshot-kubernetes";

/** VPC and cluster of somebody else. */
export interface Foreign {
  readonly aws: Aws;
  readonly vpcId: string;
  readonly cluster: string;
  /** With every permission in the cluster; unset: there is no Kubernetes API behind it. */
  readonly api: KubeApi | undefined;
}

/** Everything of it that its APIs describe. */
export async function snapshotOf({
  aws,
  vpcId,
  cluster,
  api,
}: Foreign): Promise<Snapshot> {
  const [inAws, inKubernetes] = await Promise.all([
    snapshotOfAws(aws, vpcId, cluster),
    api === undefined ? undefined : snapshotOfKubernetes(api),
  ]);
  return new Map([...inAws, ...(inKubernetes ?? [])]);
}

/**
 * What was there is as it was; after the destroy nothing is there besides.
 * @param kept Ids of what may have come and stay.
 */
export function checkUntouched(
  report: Report,
  [before, after]: readonly [Snapshot, Snapshot],
  step: string,
  kept?: readonly string[],
): void {
  const { changed, gone, added } = differences(before, after);
  const problems = [
    ...changed.map((id) => `changed: ${id}`),
    ...gone.map((id) => `gone: ${id}`),
    ...(kept === undefined ? [] : added)
      .filter((id) => kept?.includes(id) !== true)
      .map((id) => `left: ${id}`),
  ];
  report.check(
    `${step}: the VPC and the cluster of somebody else are as they were`,
    problems.length === 0,
    problems.join("; ") || `${before.size} objects of AWS and Kubernetes`,
  );
}
