import { gunzipSync, gzipSync } from "node:zlib";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { stateKey } from "../../../modules/core/state/state-location";
import { LOAD_BALANCER_CONTROLLER } from "../../../modules/core/controllers/load-balancer-controller";
import {
  WAVE_CONFIG_MAP,
  WAVE_SECRET,
} from "../../../modules/wave/objects/kubernetes-names";
import { awsRequest, queryCall, restCall } from "../aws/client";
import { xmlTexts } from "../aws/xml";
import { requireWave } from "../../../modules/schema";
import { type Lab } from "../lab";
import { type Workloads } from "../kube/workloads";
import { bucketOf } from "../terraform/state";

/** Something that somebody breaks without Terraform. */
export interface Breakage {
  readonly name: string;
  readonly break: (lab: Lab) => Promise<unknown>;
  /** What the runbook has people do before the deploy. @default nothing */
  readonly remedy?: (lab: Lab) => Promise<unknown>;
  /** In the cluster, where only the real providers mend it. @default false */
  readonly inCluster?: boolean;
}

const kubectl = ({ workloads }: Lab, ...args: string[]): Promise<string> =>
  clusterOf(workloads).kubectl(args);

function clusterOf(workloads: Workloads | undefined): Workloads["cluster"] {
  if (workloads === undefined) throw new Error("There is no cluster.");
  return workloads.cluster;
}

const deleteSecret = (lab: Lab): Promise<string> =>
  kubectl(lab, ...["delete", "secret", WAVE_SECRET, "-n", namespaceOf(lab)]);

const namespaceOf = ({ settings }: Lab): string =>
  requireWave(settings).wave.namespace;

const clusterPath = ({ settings }: Lab): string =>
  `/clusters/${clusterNameOf(settings)}`;

/** First entry of a list of the emulated EKS. */
async function firstOf(lab: Lab, path: string, list: string): Promise<string> {
  const answer = await restCall(lab.aws, "eks", "GET", clusterPath(lab) + path);
  return (answer as Record<string, readonly string[]>)[list]?.at(-1) ?? "";
}

/** Mended by the next deploy, all of them by one. */
export const mendedByDeploy: readonly Breakage[] = [
  {
    name: "a node group is deleted",
    break: async (lab) => {
      const group = await firstOf(lab, "/node-groups", "nodegroups");
      const path = `${clusterPath(lab)}/node-groups/${group}`;
      await restCall(lab.aws, "eks", "DELETE", path);
    },
  },
  {
    name: "the access entry of an admin is deleted",
    break: async (lab) => {
      const { principal } = lab.settings.access.admins[0] ?? { principal: "" };
      const path = `${clusterPath(lab)}/access-entries/${encodeURIComponent(principal)}`;
      await restCall(lab.aws, "eks", "DELETE", path);
    },
  },
  {
    name: "a Secret is deleted",
    inCluster: true,
    break: deleteSecret,
  },
  {
    name: "a ConfigMap is edited",
    inCluster: true,
    break: (lab) =>
      kubectl(
        lab,
        ...["patch", "configmap", WAVE_CONFIG_MAP, "-n"],
        ...[namespaceOf(lab), "-p", '{"data":{"config.yml":"x: 1"}}'],
      ),
  },
  {
    name: "the Ingress is deleted",
    inCluster: true,
    break: (lab) =>
      kubectl(lab, "delete", "ingress", "wave-ingress", "-n", namespaceOf(lab)),
  },
];

/** Mended by the next deploy too, each by one of its own; some after what the runbook says. */
export const mendedAlone: readonly Breakage[] = [
  {
    name: "the load balancer is deleted",
    inCluster: true,
    break: async ({ aws }) => {
      const call = (action: string, parameters = {}) =>
        queryCall(
          aws,
          "elasticloadbalancing",
          "2015-12-01",
          action,
          parameters,
        );
      const [LoadBalancerArn = ""] = xmlTexts(
        await call("DescribeLoadBalancers"),
        "LoadBalancerArn",
      );
      await call("DeleteLoadBalancer", { LoadBalancerArn });
    },
  },
  {
    name: "a Secret is emptied",
    inCluster: true,
    break: (lab) =>
      kubectl(
        lab,
        ...["patch", "secret", WAVE_SECRET, "-n", namespaceOf(lab)],
        ...["--type=json", "-p", '[{"op":"remove","path":"/data"}]'],
      ),
    // Terraform never reads a Secret's values.
    remedy: deleteSecret,
  },
  {
    name: "a namespace is deleted",
    inCluster: true,
    break: (lab) =>
      kubectl(
        lab,
        "delete",
        "namespace",
        requireWave(lab.settings).wave.buildNamespace,
      ),
  },
];

/** The lock of a run that was killed: `terraform force-unlock`. */
export const lock: Breakage = {
  name: "a lock is left",
  break: ({ aws, settings }) =>
    awsRequest(aws, "s3", {
      method: "PUT",
      path: `/${bucketOf(settings)}/${stateKey(settings, "data")}.tflock`,
      body: JSON.stringify({
        ID: "5f9c0c4e-7d0b-4c52-9a39-0d8f0a3a2b11",
        Operation: "OperationTypeApply",
        Who: "somebody@laptop",
        Version: "1.11.4",
        Created: "2026-01-01T00:00:00Z",
        Path: "",
        Info: "",
      }),
    }),
};

/** A release whose last revision says that it failed, or that it is still under way: `npm run imports`. */
export const helmRelease = (
  status: "failed" | "pending-upgrade",
): Breakage => ({
  name: `a Helm release is ${status}`,
  inCluster: true,
  break: async (lab) => {
    const { namespace, chart } = LOAD_BALANCER_CONTROLLER;
    const owner = `owner=helm,name=${chart}`;
    const list = await kubectl(
      lab,
      ...["get", "secret", "-n", namespace, "-l", owner, "-o", "json"],
    );
    const last = (JSON.parse(list) as { items: HelmSecret[] }).items.at(-1);
    if (last === undefined) throw new Error(`no release ${chart}`);
    await clusterOf(lab.workloads).kubectl(
      ["create", "-f", "-"],
      JSON.stringify(nextRevision(last, status)),
    );
  },
});

/** A revision as Helm keeps it: the release as JSON, compressed, twice in base64. */
export interface HelmSecret {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly type: string;
  readonly data: { readonly release: string };
}

/** What Helm keeps when it begins another revision of the same. */
export function nextRevision(
  { metadata, type, data }: HelmSecret,
  status: string,
): object {
  const version = Number(metadata.labels.version) + 1;
  const packed = Buffer.from(
    Buffer.from(data.release, "base64").toString(),
    "base64",
  );
  const release = JSON.parse(gunzipSync(packed).toString()) as {
    info: object;
  };
  const next = {
    ...release,
    version,
    info: { ...release.info, status },
  };
  const text = gzipSync(JSON.stringify(next)).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    type,
    metadata: {
      name: metadata.name.replace(/\d+$/, String(version)),
      namespace: metadata.namespace,
      labels: { ...metadata.labels, status, version: String(version) },
    },
    data: { release: Buffer.from(text).toString("base64") },
  };
}
