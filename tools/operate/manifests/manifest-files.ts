import { parse, stringify } from "yaml";
import { readableText } from "../../../modules/lib/terraform-text";
import { type Block } from "./manifest-fields";
import { type Manifest, type TerraformJson, manifestsOf } from "./manifests";

const TITLE = "# Kubernetes objects of";
const OWN_FILE = /^\d{3}-[a-z0-9.-]+\.yaml$/;

/** Whether a file of this name and text was made by `manifestFiles`: others are never removed. */
export const isManifestFile = (name: string, text: string): boolean =>
  OWN_FILE.test(name) || (name === "README.md" && text.startsWith(TITLE));

/** What the files show. */
export interface ManifestFiles {
  readonly objects: readonly Manifest[];
  /** Text by file name: one YAML file per object, numbered in the order of `manifestsOf`, and a README. */
  readonly files: Readonly<Record<string, string>>;
  readonly charts: number;
}

/**
 * The Kubernetes objects of stacks as files for readers, checkers and `kubectl`.
 *
 * @param source Settings file the stack was made from, such as `settings/prod.yaml`.
 */
export function manifestFiles(
  stacks: readonly TerraformJson[],
  source: string,
): ManifestFiles {
  const objects = stacks.flatMap(manifestsOf);
  const charts = stacks.flatMap(({ resource }) =>
    Object.values(resource?.helm_release ?? {}),
  );
  const files = objects.map((manifest, index) => [
    fileName(manifest, index + 1),
    fileText(manifest),
  ]);
  return {
    objects,
    charts: charts.length,
    files: {
      ...(Object.fromEntries(files) as Record<string, string>),
      "README.md": readme(source, charts),
    },
  };
}

function fileName({ address, object }: Manifest, number: number): string {
  const kind = address
    .replace(/^kubernetes_|(_v\d+)?\..*$/g, "")
    .replaceAll("_", "-");
  const name = object.metadata.name.replace(/[^a-z0-9.-]/g, "-");
  return `${String(number).padStart(3, "0")}-${kind}-${name}.yaml`;
}

function fileText({ address, object, secretSources }: Manifest): string {
  const sources = Object.entries(secretSources).map(
    ([key, names]) => `#   ${key}: ${names || "Terraform"}`,
  );
  const note =
    sources.length === 0
      ? []
      : ["# Empty here. The values come from AWS Secrets Manager:", ...sources];
  return `${[`# ${address}`, ...note].join("\n")}\n${yaml(object)}`;
}

const yaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });

function readme(source: string, charts: readonly Block[]): string {
  return `${TITLE} ${source}

Made by \`npm run manifests\` for reading and checking. Terraform deploys the environment, not these files: applied to a
living cluster they would empty its Secrets.

- Files are numbered in an order in which the objects can be made; the first line names the Terraform resource.
- \`<data: logs_bucket>\` is a value that is known after deployment: here the output \`logs_bucket\` of stack \`data\`.
  In the place of a port it is a name of at most 15 letters, such as \`data-redis-port\`.
- Secrets are empty; a comment names the secret in AWS Secrets Manager.

To have them judged by any cluster that has the namespaces:

\`\`\`console
kubectl create --dry-run=server --validate=strict -f .
\`\`\`

## Helm releases

Not translated: charts make more objects than these.
${charts.map(chartText).join("")}`;
}

function chartText(chart: Block): string {
  const lines = ["namespace", "chart", "version", "repository"]
    .filter((key) => chart[key] !== undefined)
    .map((key) => `- ${key}: ${readableText(String(chart[key]))}`);
  const values = ((chart.values ?? []) as readonly string[]).map(
    (text) => `\n\`\`\`yaml\n${yaml(parse(readableText(text)))}\`\`\`\n`,
  );
  return `\n### ${String(chart.name)}\n\n${lines.join("\n")}\n${values.join("")}`;
}
