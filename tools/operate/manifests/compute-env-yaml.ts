import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { LAUNCHER_TOKEN } from "../../../modules/compute-env/names";
import { projectFile } from "../../../modules/lib/project-file";
import {
  type Settings,
  hasComputeEnv,
  settingsSchema,
  withDefaults,
} from "../../../modules/schema";
import { ComputeEnvStack } from "../../../modules/stacks/compute-env";
import { synthesizeWith } from "../../audit/synthesized";
import {
  type KubernetesObject,
  type TerraformJson,
  manifestsOf,
} from "./manifests";

/** User of Kubernetes that a GKE cluster gives to a service account of Google Cloud. */
const GKE_USER = "IAM-SERVICE-ACCOUNT@PROJECT.iam.gserviceaccount.com";

/** Of a cluster whose network is not known: the private ranges of RFC 1918 and RFC 6598. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const SERVICES = "100.64.0.0/10";

/** The API of clusters that kubeadm made answers on its own port, behind the Service's 443. */
const API_PORTS = [443, 6443];

/** Objects of a file, by kind and, of one kind in two files, by name. */
const FILES: Readonly<Record<string, (object: KubernetesObject) => boolean>> = {
  "1-namespace": ({ kind }) => kind === "Namespace",
  "2-accounts": ({ kind, metadata }) =>
    kind === "ServiceAccount" && metadata.name !== "tower-cleanup",
  "3-permissions": ({ kind, metadata }) =>
    /^Role/.test(kind) && metadata.name !== "tower-cleanup",
  "4-limits": ({ kind }) => /^(ResourceQuota|LimitRange)$/.test(kind),
  "5-network-policies": ({ kind }) => kind === "NetworkPolicy",
  "6-storage": ({ kind }) => /^PersistentVolume/.test(kind),
};

const NOTES: Readonly<Record<string, string>> = {
  "1-namespace": "Namespace of the form.",
  "2-accounts": "Head service account and Compute service account of the form.",
  "3-permissions":
    "What Platform and head pods may do. The group is that of a client certificate (O=tower-launcher); add users of your own.",
  "4-limits": "Adjust the quota to your nodes.",
  "5-network-policies":
    "They close all private ranges, but for names and the Kubernetes API: open what your pipelines need.",
  "6-storage":
    "Storage claim of the form. Replace server and path by those of your NFS server, or the volume by any ReadWriteMany storage of yours.",
  "7-token": "Token of the head account: the credentials of the form.",
};

/**
 * Plain YAML for clusters that this project does not own, by path: the objects of the stack with placeholders, so that both
 * never differ.
 */
export const computeEnvYaml = (): Record<string, string> => ({
  ...filesOf("standalone", {}),
  ...filesOf("gke", { extraUserSubjects: [GKE_USER] }),
});

function filesOf(
  folder: string,
  change: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const objects = manifestsOf(stackOf(change)).map(({ object }) =>
    forKubectl(object),
  );
  const files = Object.entries(FILES).map(([name, belongs]) => [
    name,
    objects.filter(belongs),
  ]);
  if (folder === "standalone") files.push(["7-token", [TOKEN]]);
  return Object.fromEntries(
    (files as [string, KubernetesObject[]][]).map(([name, ofFile]) => [
      `manifests/compute-env/${folder}/${name}.yaml`,
      `# ${NOTES[name] ?? ""}\n${ofFile.map((one) => `---\n${stringify(one, { lineWidth: 0, aliasDuplicateObjects: false })}`).join("")}`,
    ]),
  );
}

/** What the chart `service-account-token` makes. */
const TOKEN = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: LAUNCHER_TOKEN,
    namespace: "tower-nf",
    annotations: { "kubernetes.io/service-account.name": "tower-launcher-sa" },
  },
  type: "kubernetes.io/service-account-token",
};

/** Without what holds for Terraform only, and with every port that an API has. */
function forKubectl(object: KubernetesObject): KubernetesObject {
  const { labels = {}, ...metadata } = object.metadata as {
    name: string;
    labels?: Readonly<Record<string, string>>;
  };
  const own = Object.fromEntries(
    Object.entries(labels).filter(
      ([key]) => key !== "app.kubernetes.io/managed-by",
    ),
  );
  const hasOwn = Object.keys(own).length > 0;
  const plain = {
    ...object,
    metadata: hasOwn ? { ...metadata, labels: own } : metadata,
  };
  if (metadata.name !== "tower-api") return plain;
  const { spec } = plain as unknown as {
    spec: { egress: readonly { ports: unknown }[] };
  };
  const ports = API_PORTS.map((port) => ({ port, protocol: "TCP" }));
  return {
    ...plain,
    spec: { ...spec, egress: spec.egress.map((rule) => ({ ...rule, ports })) },
  };
}

function stackOf(change: Readonly<Record<string, unknown>>): TerraformJson {
  const settings = placeholders(change);
  if (!hasComputeEnv(settings)) throw new Error("No section computeEnv.");
  const stacks = synthesizeWith((app) => {
    new ComputeEnvStack(app, settings);
  });
  return stacks["compute-env"] as TerraformJson;
}

/** The example of platforms on a network that is not known, with storage that any cluster can have. */
function placeholders(change: Readonly<Record<string, unknown>>): Settings {
  const example = parse(
    readFileSync(projectFile("settings/example-platforms.yaml"), "utf8"),
  ) as Record<string, unknown>;
  const subnet = { id: "subnet-00000000000000000", cidr: "10.0.0.0/24" };
  return settingsSchema.parse(
    withDefaults({
      ...example,
      network: {
        kind: "existing",
        vpcId: "vpc-00000000000000000",
        cidrs: PRIVATE,
        subnets: { private: { a: subnet, b: subnet } },
      },
      cluster: {
        kind: "existing",
        name: "cluster",
        version: "1.35",
        serviceCidr: SERVICES,
        controllers: {
          loadBalancerController: "existing",
          efsCsiDriver: "none",
          metricsServer: "existing",
        },
        oidcProvider: "existing",
        networkPolicies: "enforced",
      },
      computeEnv: {
        launcher: { kind: "none" },
        storage: {
          kind: "nfs",
          server: "nfs.example.com",
          path: "/export/scratch",
        },
        nodes: { kind: "existing" },
        ...change,
      },
    }),
  );
}
