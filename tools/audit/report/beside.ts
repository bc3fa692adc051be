import { readFileSync, readdirSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { deployerFiles } from "../../operate/deployer/files";
import { type Settings } from "../../../modules/schema";
import { manifestFiles } from "../../operate/manifests/manifest-files";
import { type TerraformJson } from "../../operate/manifests/manifests";
import { resultText } from "../checkov/result";
import { type Graph } from "../graph";
import { documentOf, isObject } from "../reading";
import { type Audited } from "./audited";

type Files = Record<string, string>;

/** What is read together with the stacks: objects, policies, what deploys them, registers, packages, and how all of it is made. */
export const besideFiles = (
  audited: Audited,
  settings: Settings,
  graph: Graph,
): Files => ({
  ...within("kubernetes", kubernetesFiles(audited)),
  ...within("deployer", mapped(deployerFiles(settings), indented)),
  ...policyFiles(graph),
  ...within("registers", registerFiles()),
  "settings.yaml": audited.text,
  ...(audited.scanned && { "scanner.json": resultText(audited.scanned) }),
  ...(audited.approvals && { "approvals.yaml": audited.approvals.text }),
  "package-lock.json": audited.lock,
  "REPRODUCE.md": reproduce(audited),
});

const within = (folder: string, files: Readonly<Files>): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]),
  );

const mapped = <T>(
  values: Readonly<Record<string, T>>,
  text: (value: T) => string,
): Files =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, text(value)]),
  );

const indented = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)}\n`;

/** In the order of a deploy. */
const WITH_OBJECTS = ["workloads", "compute-env", "delivery", "emg"];

const kubernetesFiles = ({ source, synthesized: { stacks } }: Audited) =>
  manifestFiles(
    WITH_OBJECTS.flatMap((id) => (stacks[id] ?? []) as TerraformJson[]),
    source,
  ).files;

/** Every document that is kept as text in the JSON, by stack and address. */
export const policyFiles = ({ subjects }: Graph): Files =>
  Object.fromEntries(
    subjects.flatMap(({ stack, address, body }) =>
      Object.entries(body).flatMap(([attribute, text]) => {
        const document = /policy/.test(attribute) && documentOf(text);
        return isObject(document)
          ? [
              [
                `policies/${stack}/${address}.${attribute}.json`,
                indented(document),
              ],
            ]
          : [];
      }),
    ),
  );

function registerFiles(): Files {
  const folder = projectFile("docs", "registers");
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      readFileSync(`${folder}/${name}`, "utf8"),
    ]),
  );
}

const reproduce = ({
  environment,
  commit: { id, repository, changes },
  approvals,
  day,
  scanned,
  synthesized: { texts },
}: Audited): string => `# The same folder again

\`\`\`sh
git clone ${repository} wave-on-eks && cd wave-on-eks
git checkout ${id}
npm ci
cp <this folder>/settings.yaml settings/${environment}.yaml
${scanned ? "mkdir -p .lab/checkov && cp <this folder>/scanner.json .lab/checkov/result.json\n" : ""}SOURCE_DATE_EPOCH=${Date.parse(day) / 1000} npm run audit -- ${environment} ../again${approvals ? " --approvals <this folder>/approvals.yaml" : ""}
cd ../again && sha256sum -c <this folder>/MANIFEST
\`\`\`
${changes.length === 0 ? "" : `\nFiles differed from the commit when this folder was made, so that the commit alone does not give it:\n\n${changes.map((line) => `- \`${line}\`\n`).join("")}`}
# What it is, by the tools of others

In a copy of this folder: what they write is not in MANIFEST, and an audit leaves a folder with such files alone.

\`\`\`sh
# Terraform; it asks its registry for the providers, and no account
for stack in ${Object.keys(texts).join(" ")}; do
  (cd terraform/$stack && terraform init -backend=false && terraform validate && terraform test)
done
checkov -d terraform --framework terraform_json    # with a folder scan/ as well: its files in the place of their stacks
kubectl create --dry-run=server --validate=strict -f kubernetes    # against a cluster with the same namespaces
\`\`\`
`;
