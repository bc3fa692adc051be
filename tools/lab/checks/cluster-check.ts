import { type Aws } from "../aws/client";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type KubeApi } from "../kube/api";
import { type Report } from "../report";
import { type Line } from "../../../modules/wave/release/line";

/** What every check of the living cluster is given. */
export interface ClusterCheck {
  readonly report: Report;
  readonly api: KubeApi;
  readonly aws: Aws;
  readonly settings: Settings;
  /** Whether `workloads` is a translation and not deployed by Terraform. */
  readonly translated: boolean;
  readonly line: Line;
  /** Named in front of every check. */
  readonly step: string;
}
