import { join } from "node:path";
import { renameSync, writeFileSync } from "node:fs";
import { type NodeSelector } from "../../../modules/core/cluster/node-labels";
import { type Aws, accessKey } from "../aws/client";
import { chartsOf, serveCharts } from "../stand-ins/charts";
import { type ChosenCluster } from "./choose-cluster";
import {
  type Cluster,
  type ClusterLogin,
  clusterInventory,
  labelNodes,
  openCluster,
} from "./cluster";
import { type EmulatorFile } from "../aws/emulator-client";
import { KubeApi } from "./api";
import { kubeconfigOf } from "./control-plane";
import { eksToken } from "./eks-token";
import { type Kubectl, kubectlOf } from "./kubectl";
import { runAutoscaler } from "./cluster-autoscaler/autoscaler";
import { type Rendered } from "./cluster-autoscaler/rendered";
import { LoadBalancerController } from "./load-balancer-controller/controller";
import { kubeFolder } from "../paths";
import { type Providers } from "../stand-ins/provider-mirror";
import { type Report } from "../report";
import { type StubRelease, keptByCharts } from "../stand-ins/stub-releases";
import { Translation } from "../stand-ins/translation";

/** What `workloads` needs besides the emulated AWS. */
export interface Workloads {
  /** Of the EKS cluster. */
  readonly name: string;
  /** With every permission. */
  readonly cluster: Cluster;
  /** The same, for many calls. */
  readonly api: KubeApi;
  /** Login of the providers, where the emulated EKS leads to no Kubernetes API: that of `LAB_KUBECONFIG`. */
  readonly login?: ClusterLogin;
  /** Address of the lab's chart repository; none where Helm is not used. */
  readonly chartRepository?: string;
  /** Stands in for the stack where its providers are missing. */
  readonly translation?: Translation;
  /** When a load balancer of this cluster was last deleted, in milliseconds since 1970. */
  readonly balancerDeleted: () => number | undefined;
  /** What the cluster has that it did not have before the first deploy, or when `remember` was last called. */
  readonly leftOvers: () => Promise<string[]>;
  /** Takes what the cluster has for what it has to have. */
  readonly remember: () => Promise<void>;
}

/** What is known when the emulator is up. */
export interface WorkloadsProps {
  readonly chosen: ChosenCluster;
  /** Of the EKS cluster that `network` makes. */
  readonly name: string;
  /** Kubeconfigs of the lab's own clusters, by name. */
  readonly kubeconfigs: EmulatorFile["kubeconfigs"];
  readonly providers: Pick<Providers, "missing">;
  readonly aws: Aws;
  /** What its releases tell the Cluster Autoscaler; unset where nothing is scaled. */
  readonly autoscaler?: Rendered;
  /** Labels of the nodes that controllers of ours run on. */
  readonly systemNodes?: NodeSelector;
  /** Stand-ins for the charts of another stack. */
  readonly releases?: Readonly<Record<string, StubRelease>>;
}

/**
 * Prepares the best way there is to run `workloads`: with its providers, else translated; without a cluster it is skipped,
 * and the report names the reason.
 */
export async function openWorkloads(
  report: Report,
  props: WorkloadsProps,
): Promise<Workloads | undefined> {
  const { chosen, name, kubeconfigs, providers, aws, autoscaler } = props;
  if ("lacks" in chosen) {
    report.skip("workloads", chosen.lacks);
    return undefined;
  }
  const own = kubeconfigs?.[name];
  const cluster = await clusterOf(chosen, own);
  const login = own === undefined ? cluster.login : undefined;
  report.notice(placeOf(cluster, own));
  if (login) await labelForPods(report, cluster);

  const print = (text: string) => {
    report.progress(text);
  };
  let before = await clusterInventory(cluster);
  const api = new KubeApi(cluster.login);
  const controller = new LoadBalancerController(
    api,
    { aws, cluster: name },
    {
      print,
      refused: (text) => report.check("load-balancer controller", false, text),
    },
  );
  controller.start();
  if (autoscaler !== undefined)
    void runAutoscaler({
      ...{ api, aws, cluster: name, rendered: autoscaler, print },
      program: programOf(report, own),
    });
  const opened = {
    remember: async () => {
      before = await clusterInventory(cluster);
    },
    name,
    cluster,
    api,
    login,
    balancerDeleted: () => controller.lastDeleted,
    leftOvers: async () =>
      [...(await clusterInventory(cluster))].filter(
        (id) => !before.has(id) && !keptByCharts.includes(id),
      ),
  };
  if (providers.missing.length > 0) {
    report.notice(
      `workloads is a translation to Kubernetes objects, sent by kubectl: ${providers.missing.join(" and ")} missing; objects stand in for its Helm releases, and its Secrets hold stand-in values`,
    );
    const kubectl =
      own === undefined
        ? cluster.kubectl
        : asDeployer(chosen, cluster, { name, aws });
    return { ...opened, translation: new Translation(kubectl) };
  }
  const folder = process.env.LAB_CHART_DIR;
  const { url } = await serveCharts(
    chartsOf(folder, props.systemNodes, props.releases),
  );
  report.notice(
    `workloads is deployed by cdktf, with ${folder ? `the charts of ${folder}` : "stub charts"}: no volume is mounted, no load balancer has listeners`,
  );
  return { ...opened, chartRepository: url };
}

/** The real Cluster Autoscaler, where there is one. */
function programOf(report: Report, kubeconfig: string | undefined) {
  const path = process.env.LAB_CLUSTER_AUTOSCALER;
  if (path !== undefined && kubeconfig !== undefined) {
    report.notice(`the Cluster Autoscaler is ${path}`);
    return { path, kubeconfig };
  }
  report.notice(
    "SKIPPED the real Cluster Autoscaler: LAB_CLUSTER_AUTOSCALER names no program; a stand-in scales build nodes",
  );
  return undefined;
}

const clusterOf = (
  chosen: Exclude<ChosenCluster, { lacks: string }>,
  kubeconfig = "",
): Cluster | Promise<Cluster> =>
  "given" in chosen
    ? chosen.given
    : openCluster(kubeconfig, chosen.binaries.kubectl);

const placeOf = (
  { login, version }: Cluster,
  own: string | undefined,
): string =>
  own === undefined
    ? `workloads logs in to Kubernetes ${version} at ${login.host} by LAB_KUBECONFIG, not by the access entries`
    : `workloads logs in to the lab's own Kubernetes ${version} by the access entries of network; kwok plays its nodes and pods`;

async function labelForPods(report: Report, cluster: Cluster): Promise<void> {
  const labelled = await labelNodes(cluster);
  if (labelled.length > 0)
    report.notice(
      `labelled for the system group, and left so: ${labelled.join(", ")}`,
    );
}

/** kubectl as the deployer, who enters by an access entry or not at all; each call with a new token, because tokens expire. */
function asDeployer(
  chosen: ChosenCluster,
  { login }: Cluster,
  { name, aws }: Pick<WorkloadsProps, "name" | "aws">,
): Kubectl {
  const file = join(kubeFolder(name), "deployer.json");
  const { host, cluster_ca_certificate } = login;
  const kubectl = kubectlOf(
    file,
    "binaries" in chosen ? chosen.binaries.kubectl : undefined,
  );
  const logIn = (): void => {
    const token = eksToken(accessKey, aws.region);
    const text = JSON.stringify(
      kubeconfigOf({ host, cluster_ca_certificate, token }),
    );
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const call = (args: readonly string[], input?: string) => {
    logIn();
    return kubectl(args, input);
  };
  const ask: Kubectl["ask"] = (args, input) => {
    logIn();
    return kubectl.ask(args, input);
  };
  return Object.assign(call, { ask });
}
