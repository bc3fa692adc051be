import { type Answer, type Operation, jsonAnswer, jsonOf } from "../call";
import {
  type AddOn,
  type Cluster,
  type Clusters,
  type Tags,
  clusterOf,
  found,
  inUse,
  invalid,
  recordUpdate,
} from "./store";
import { type World, arnIn, nextId, now } from "../world";

/** Versions the lab offers for every minor, newest first. They stand in for AWS's: nothing of ours may depend on one. */
const versions = ["v1.1.0-eksbuild.1", "v1.0.0-eksbuild.1"];
const defaultVersion = "v1.0.0-eksbuild.1";

/** Add-ons of EKS that this project could use. */
const addOnNames = [
  "vpc-cni",
  "coredns",
  "kube-proxy",
  "metrics-server",
  "eks-pod-identity-agent",
  "aws-efs-csi-driver",
  "aws-ebs-csi-driver",
  "amazon-cloudwatch-observability",
];

/** Add-ons that are Deployments: without nodes they never become active. */
const needNodes = new Set([
  "coredns",
  "metrics-server",
  "amazon-cloudwatch-observability",
]);

interface AddOnRequest {
  readonly addonName: string;
  readonly addonVersion?: string;
  readonly serviceAccountRoleArn?: string;
  readonly configurationValues?: string;
  readonly tags?: Tags;
}

export function addOnOperations(world: World, clusters: Clusters): Operation[] {
  const path = "/clusters/{cluster}/addons";
  const addOnOf = (params: Readonly<Record<string, string>>): AddOn =>
    found(
      clusterOf(clusters, params.cluster).addOns,
      params.addOn,
      `No addon: ${params.addOn ?? ""} found in cluster`,
    );
  return [
    {
      name: "DescribeAddonVersions",
      route: "GET /addons/supported-versions",
      answer: ({ query }) =>
        describedVersions(
          query.get("addonName"),
          query.get("kubernetesVersion"),
        ),
    },
    {
      name: "CreateAddon",
      route: `POST ${path}`,
      answer: (call) =>
        create(
          world,
          clusterOf(clusters, call.params.cluster),
          jsonOf(call) as AddOnRequest,
        ),
    },
    {
      name: "ListAddons",
      route: `GET ${path}`,
      answer: ({ params }) =>
        jsonAnswer({
          addons: [...clusterOf(clusters, params.cluster).addOns.keys()],
        }),
    },
    {
      name: "DescribeAddon",
      route: `GET ${path}/{addOn}`,
      answer: ({ params }) =>
        described(clusterOf(clusters, params.cluster), addOnOf(params)),
    },
    {
      name: "UpdateAddon",
      route: `POST ${path}/{addOn}/update`,
      answer: (call) => {
        const { addonVersion, ...rest } = jsonOf(call) as AddOnRequest;
        const addOn = addOnOf(call.params);
        addOn.addonVersion = checkVersion(addonVersion ?? addOn.addonVersion);
        Object.assign(addOn.rest, rest);
        const cluster = clusterOf(clusters, call.params.cluster);
        return jsonAnswer({ update: recordUpdate(cluster, "AddonUpdate") });
      },
    },
    {
      name: "DeleteAddon",
      route: `DELETE ${path}/{addOn}`,
      answer: ({ params }) => {
        const cluster = clusterOf(clusters, params.cluster);
        const addOn = addOnOf(params);
        cluster.addOns.delete(addOn.addonName);
        return described(cluster, addOn);
      },
    },
  ];
}

function describedVersions(
  name: string | null,
  clusterVersion: string | null,
): Answer {
  const names = addOnNames.filter((one) => name === null || one === name);
  return jsonAnswer({
    addons: names.map((addonName) => ({
      addonName,
      type: "networking",
      owner: "aws",
      publisher: "eks",
      addonVersions: versions.map((addonVersion) => ({
        addonVersion,
        architecture: ["amd64", "arm64"],
        compatibilities: [
          {
            clusterVersion: clusterVersion ?? "1.36",
            platformVersions: ["*"],
            defaultVersion: addonVersion === defaultVersion,
          },
        ],
        requiresConfiguration: false,
      })),
    })),
  });
}

function create(world: World, cluster: Cluster, input: AddOnRequest): Answer {
  const { addonName, addonVersion, tags, ...rest } = input;
  if (!addOnNames.includes(addonName))
    throw invalid(`Addon ${addonName} is not supported`);
  if (cluster.addOns.has(addonName)) throw inUse("Addon already exists.");
  const addOn: AddOn = {
    addonName,
    addonArn: arnIn(
      world,
      "eks",
      `addon/${cluster.name}/${addonName}/${nextId(8)}`,
    ),
    addonVersion: checkVersion(addonVersion ?? defaultVersion),
    tags: tags ?? {},
    rest: { ...rest, createdAt: now() },
  };
  cluster.addOns.set(addonName, addOn);
  return described(cluster, addOn);
}

/** Any well-formed version is taken, so that a pinned one of the settings works. */
function checkVersion(version: string): string {
  if (!/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version))
    throw invalid(`Addon version ${version} is not supported`);
  return version;
}

function described(cluster: Cluster, addOn: AddOn): Answer {
  const { rest, ...own } = addOn;
  const starved =
    needNodes.has(addOn.addonName) && cluster.nodeGroups.size === 0;
  return jsonAnswer({
    addon: {
      ...rest,
      ...own,
      clusterName: cluster.name,
      status: starved ? "CREATE_FAILED" : "ACTIVE",
      health: {
        issues: starved
          ? [
              {
                code: "InsufficientNumberOfReplicas",
                message: "The add-on has no node to run on",
                resourceIds: [],
              },
            ]
          : [],
      },
      modifiedAt: now(),
    },
  });
}
