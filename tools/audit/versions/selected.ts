import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type Settings, settingsSchema } from "../../../modules/schema";
import { defaultOf } from "../../../modules/settings/describe";
import { everyKey } from "../../../modules/settings/reference";
import { type Graph, type StackJson, graphOf, ofType } from "../graph";
import { imagesOf } from "../images";
import { first } from "../reading";
import { type Selected } from "./standing";

/** Settings that somebody starts from, and the JSON of their stacks. */
export interface Environment {
  /** Such as `settings/example.yaml`. */
  readonly name: string;
  readonly settings: Settings;
  readonly stacks: Readonly<Record<string, StackJson>>;
}

/**
 * Everything whose version this project chooses for those who change nothing: tools and packages, defaults of
 * the settings, and what the environments deploy. Each is read where it is chosen, so that nothing has to be kept in step.
 */
export const selectedVersions = (
  environments: readonly Environment[],
): Selected[] => [
  ...tools(),
  ...packages(),
  ...schemaDefaults(),
  ...environments.flatMap(deployed),
];

function tools(): Selected[] {
  const tool = (subject: string, where: string): Selected => ({
    subject,
    version: readFileSync(projectFile(where), "utf8").trim(),
    where,
  });
  return [tool("Node.js", ".nvmrc"), tool("Terraform", ".terraform-version")];
}

/**
 * What the stacks are written with and deployed by. Every other package is pinned by the lock file and raised by whoever
 * maintains this project: nobody else meets it.
 */
function packages(): Selected[] {
  const { peerDependencies, devDependencies } = JSON.parse(
    readFileSync(projectFile("package.json"), "utf8"),
  ) as Record<
    "peerDependencies" | "devDependencies",
    Readonly<Record<string, string>>
  >;
  // A peer is a range there: the lock file says which version of it is installed.
  const { packages: locked } = JSON.parse(
    readFileSync(projectFile("package-lock.json"), "utf8"),
  ) as { packages: Readonly<Record<string, { version?: string }>> };
  return [...Object.keys(peerDependencies), "cdktf-cli"].map((subject) => ({
    subject,
    version:
      locked[`node_modules/${subject}`]?.version ??
      devDependencies[subject] ??
      "not installed",
    where: "package.json",
  }));
}

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

function deployed({ name, settings, stacks }: Environment): Selected[] {
  const graph = graphOf(stacks);
  return [
    ...inJson(graph, stacks),
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

function inJson(
  graph: Graph,
  stacks: Readonly<Record<string, StackJson>>,
): Found[] {
  return [
    ...Object.entries(VERSIONED).flatMap(([type, read]) =>
      ofType(graph, type).map(({ body }) => read(body, graph)),
    ),
    // A chart without a repository is a folder of this project.
    ...ofType(graph, "helm_release")
      .filter(({ body }) => body.repository !== undefined)
      .map(({ body }) => found(`chart ${String(body.chart)}`, body, "version")),
    ...Object.values(stacks).flatMap(({ terraform }) =>
      Object.entries(first(terraform, "required_providers") ?? {}).map(
        ([name, provider]) =>
          found(`Terraform provider ${name}`, provider, "version"),
      ),
    ),
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
