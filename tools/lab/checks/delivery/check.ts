import { type DeliverySettings } from "../../../../modules/delivery/settings/schema";
import { type KubeApi } from "../../kube/api";
import { type Cluster } from "../../kube/cluster";
import { type Report } from "../../report";

/** What every check of the platform of services is given. */
export interface DeliveryCheck {
  readonly report: Report;
  readonly api: KubeApi;
  readonly cluster: Cluster;
  /** Of the EKS cluster; names logs. */
  readonly name: string;
  readonly settings: DeliverySettings;
  /** Values of the release of Flux. */
  readonly values: string;
  /** Folder for what they write. */
  readonly folder: string;
  /** Named in front of every check. */
  readonly step: string;
}
