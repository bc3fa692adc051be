import { type ComputeEnvSettings } from "../../../../modules/compute-env/settings/schema";
import { type KubeApi } from "../../kube/api";
import { type Cluster } from "../../kube/cluster";
import { type Report } from "../../report";

/** What every check of a compute environment is given. */
export interface ComputeEnvCheck {
  readonly report: Report;
  readonly api: KubeApi;
  readonly cluster: Cluster;
  readonly settings: ComputeEnvSettings;
  /** Outputs of the stack `compute-env`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /**
   * The API as whoever launches: by the access entry, where the cluster asks the emulated EKS who a token belongs to.
   */
  readonly launcher: KubeApi | undefined;
  /** Folder for what Nextflow writes. */
  readonly folder: string;
  /** Named in front of every check. */
  readonly step: string;
}
