import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";
import { type Settings, hasComputeEnv, hasWave } from "../../../modules/schema";
import { hasBuilds, isClassic } from "../../../modules/wave/release/line";
import { type Audited } from "./audited";
import { type InventoryEntry } from "./inventory";
import { sha256 } from "./manifest";
import { type Table, distinct } from "./table";

/** As many changed files as the page names. */
const SHOWN_CHANGES = 5;

/** What stands above all tables: a term and a sentence each. */
export function factsOf(
  audited: Audited,
  inventory: readonly InventoryEntry[],
  tables: readonly Table[],
): [string, string][] {
  const { settings, source, commit, synthesized } = audited;
  const broken = inventory.flatMap(({ failed }) => failed);
  const judged = inventory.filter(({ passed }) => passed.length > 0);
  const ephemeral = inventory.filter(({ subject }) =>
    subject.type.startsWith("ephemeral."),
  ).length;
  const of: [string, string][] = [
    ["Commit", commit.id],
    ["Committed", commit.date],
    ["Changed since", changesText(commit.changes)],
    ["Stacks", Object.keys(synthesized.texts).join(", ")],
  ];
  if (settings === undefined)
    return [
      ["JSON", source],
      ...of.map(([term, text]): [string, string] =>
        term === "Stacks" ? [term, text] : [`${term}, of the rules`, text],
      ),
      ["Resources", `${inventory.length}; ${judged.length} judged by rules`],
      ["Rules broken", distinct(broken).join(", ") || "none"],
    ];
  return [
    ...settingsFacts(audited, settings),
    ...of,
    [
      "Resources",
      `${inventory.length - ephemeral}, and ${ephemeral} ephemeral values, each with the line that makes it; ${judged.length} judged by rules`,
    ],
    ["Rules broken", brokenText(broken, tables)],
    ["Secrets in a state", secretsText(tables)],
  ];
}

const settingsFacts = (
  { source, text, day, lock }: Audited,
  settings: Settings,
): [string, string][] => [
  [
    "Environment",
    `${settings.name}-${settings.environment}, account ${settings.accountId}, ${settings.region}`,
  ],
  ["Wave", waveText(settings)],
  ...(hasComputeEnv(settings) ? [computeEnvFact(settings)] : []),
  ["Settings", `${source}, SHA-256 ${sha256(text)}`],
  ["With all defaults", `SHA-256 ${sha256(JSON.stringify(settings))}`],
  ["Packages", `package-lock.json, SHA-256 ${sha256(lock)}`],
  ["Judged on", `${day}: support of versions, ends of exceptions and risks`],
];

function waveText(settings: Settings): string {
  if (!hasWave(settings)) return "none in this environment";
  const line = isClassic(settings) ? "classic" : "current";
  return `${settings.wave.version}, ${line} line${hasBuilds(settings) ? "" : ", Wave Lite"}`;
}

const computeEnvFact = ({
  computeEnv: { launcher, nodes, storage },
}: ComputeEnvSettings): [string, string] => [
  "Compute environment",
  `launcher ${launcher.kind}, storage ${storage.kind}, nodes ${nodes.kind}`,
];

function changesText(changes: readonly string[]): string {
  if (changes.length === 0) return "nothing that a synth reads";
  const more = changes.length - SHOWN_CHANGES;
  return [
    ...changes.slice(0, SHOWN_CHANGES),
    ...(more > 0
      ? [`and ${more} more: the commit alone does not give these files`]
      : []),
  ].join("\n");
}

function brokenText(
  broken: readonly string[],
  tables: readonly Table[],
): string {
  const exceptions = rowsOf(tables, "exceptions").map(([id]) => id);
  return `${broken.length === 0 ? "none" : broken.join(", ")} outside of the register; on purpose ${exceptions.join(", ")}`;
}

const secretsText = (tables: readonly Table[]): string =>
  rowsOf(tables, "secrets")
    .filter(([, , , , states]) => states !== "none")
    .map(([secret, , , , states]) => `${secret} (${states})`)
    .join(", ") || "none";

const rowsOf = (tables: readonly Table[], id: string): Table["rows"] =>
  tables.find((table) => table.id === id)?.rows ?? [];
