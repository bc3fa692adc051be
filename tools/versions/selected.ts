import { type Lane, laneOf } from "../../modules/core/versions/lanes";
import { settingsSchema } from "../../modules/schema";
import { defaultOf } from "../../modules/settings/describe";
import { everyKey } from "../../modules/settings/reference";
import { type Graph, graphOf, ofType } from "../audit/graph";
import { imagesOf } from "./images";
import { first } from "../audit/reading";
import { type Environment } from "../audit/synthesized";
import { type Selected } from "./standing";

/**
 * Everything whose version this project chooses for those who change nothing: what the lane of this run is made of, defaults
 * of the settings, and what the environments deploy. Each is read where it is chosen, so that nothing has to be kept in step.
 */
export const selectedVersions = (
  environments: readonly Environment[],
): Selected[] => [...laneVersions(laneOf()), ...settingsVersions(environments)];

/** A lane's programs, the providers that its JSON names, and the packages that the stacks are written with. */
export function laneVersions({ name, ...lane }: Lane): Selected[] {
  const { nodeVersion, terraform, opentofu, providers, packages } = lane;
  return [
    { subject: "Node.js", version: nodeVersion },
    { subject: "Terraform", version: terraform.version },
    ...(opentofu === undefined
      ? []
      : [{ subject: "OpenTofu", version: opentofu.version }]),
    ...Object.entries(providers).map(([provider, version]) => ({
      subject: `Terraform provider ${provider}`,
      version,
    })),
    ...Object.entries(packages).map(([subject, wanted]) =>
      packageOf(subject, wanted),
    ),
  ].map((one) => ({ ...one, where: `lane ${name}` }));
}

/** `npm:cdktn@0.24.0` is another package, by the name that the sources import. */
function packageOf(subject: string, wanted: string): Found {
  const [, alias, version] = /^npm:(.+)@(.+)$/.exec(wanted) ?? [];
  return { subject: alias ?? subject, version: version ?? wanted };
}

/** What is chosen in the settings: their defaults, and what environments deploy. */
export const settingsVersions = (
  environments: readonly Environment[],
): Selected[] => [
  ...schemaDefaults(),
  ...environments.flatMap(deployedVersions),
];

/** Keys of the settings whose default is a version, and what it is a version of. */
export const VERSION_KEYS: Readonly<Record<string, string>> = {
  "cluster.version": "Amazon EKS",
  "data.redis.engineVersion": "Amazon ElastiCache for Redis OSS",
  "data.postgres.engineVersion": "Amazon RDS for PostgreSQL",
  "delivery.flux.chart.version": "chart flux2",
  "emg.database.engineVersion": "Amazon RDS for PostgreSQL",
};

/** Defaults of the schema, which an example may write over. Images and node images show in what is deployed. */
function schemaDefaults(): Selected[] {
  return everyKey(settingsSchema).flatMap(({ path, schema }) => {
    const subject = VERSION_KEYS[path];
    const version = defaultOf(schema);
    return subject === undefined || typeof version !== "string"
      ? []
      : [{ subject, version, where: `default of ${path}` }];
  });
}

/** What one environment deploys. */
export function deployedVersions({
  name,
  settings,
  stacks,
}: Environment): Selected[] {
  const graph = graphOf(stacks);
  return [
    ...versionsIn(graph),
    ...imagesOf(settings).map(({ product, tag, digest }) => ({
      subject: product,
      version: tag ?? digest ?? "without a version",
    })),
  ].map((one) => ({ ...one, where: name }));
}

type Found = Omit<Selected, "where">;

/** Names of engines as their makers write them. */
const ENGINES: Readonly<Record<string, string>> = {
  redis: "Redis OSS",
  valkey: "Valkey",
  postgres: "PostgreSQL",
};

/** Resource types that have a version, and how to read it. The tests look for others. */
export const VERSIONED: Readonly<
  Record<string, (body: unknown, graph: Graph) => Found>
> = {
  aws_eks_cluster: (body) => found("Amazon EKS", body, "version"),
  aws_eks_node_group: (body) => nodeImage(String(first(body, "ami_type"))),
  aws_eks_addon: (body, graph) => ({
    subject: `EKS add-on ${String(first(body, "addon_name"))}`,
    version: addOnVersion(body, graph),
  }),
  aws_elasticache_replication_group: (body) =>
    found(`Amazon ElastiCache for ${engineOf(body)}`, body, "engine_version"),
  aws_db_instance: (body) =>
    found(`Amazon RDS for ${engineOf(body)}`, body, "engine_version"),
};

/** Versions of the resources and charts in the JSON. */
export function versionsIn(graph: Graph): Found[] {
  return [
    ...Object.entries(VERSIONED).flatMap(([type, read]) =>
      ofType(graph, type).map(({ body }) => read(body, graph)),
    ),
    // A chart without a repository is a folder of this project.
    ...ofType(graph, "helm_release")
      .filter(({ body }) => body.repository !== undefined)
      .map(({ body }) => found(`chart ${String(body.chart)}`, body, "version")),
  ];
}

const found = (subject: string, body: unknown, attribute: string): Found => ({
  subject,
  version: String(first(body, attribute)),
});

const engineOf = (body: unknown): string => {
  const engine = String(first(body, "engine"));
  return ENGINES[engine] ?? engine;
};

/** The family of the image, and what is in its name of a version. */
const nodeImage = (amiType: string): Found =>
  amiType.startsWith("AL")
    ? { subject: "Amazon Linux", version: amiType.slice(2, 6) }
    : { subject: "Bottlerocket", version: amiType };

/** A version of the settings, or that EKS chooses for the cluster's minor. */
function addOnVersion(body: unknown, graph: Graph): string {
  const version = String(first(body, "addon_version"));
  const [cluster] = ofType(graph, "aws_eks_cluster");
  return version.includes("${")
    ? `EKS's default for ${String(cluster?.body.version)}`
    : version;
}
