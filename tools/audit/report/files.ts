import { readAcceptedRisks } from "../accepted-risks";
import { coversOf, readExceptions, scannersFindings } from "../exceptions";
import { exposuresOf } from "../exposures";
import { type Graph, graphOf } from "../graph";
import { imagesOf } from "../images";
import { type Finding, evaluate } from "../evaluate";
import { rules } from "../rules";
import { selectedVersions } from "../versions/selected";
import { type Audited } from "./audited";
import { cisTable, cisVerdicts } from "./cis";
import { JQ_COMMANDS } from "./commands";
import { factsOf } from "./facts";
import { type InventoryEntry, inventoryOf, inventoryTable } from "./inventory";
import { kubernetesRights } from "./kubernetes-permissions";
import { MANIFEST, manifestOf } from "./manifest";
import { networkTable } from "./network";
import { indexPage } from "./page";
import { exceptionsTable, risksTable } from "./registers";
import { iamTables } from "./permissions";
import { rulesTable } from "./rules";
import { scanCopy } from "./scan-copy";
import { secretsTable } from "./secrets";
import { sourcesPage } from "./sources-page";
import { outputsTable, stateTable } from "./state";
import { type TracedStacks } from "./synth";
import { type Table, csvOf, jsonOf } from "./table";
import { imagesTable, versionsTable } from "./versions";

/** What an auditor gets. */
export interface Audit {
  readonly inventory: readonly InventoryEntry[];
  readonly tables: readonly Table[];
  /** Text of every file by its name in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** All files of the folder: pure, and the same for the same commit and settings. */
export function auditOf(audited: Audited): Audit {
  const { settings, synthesized } = audited;
  const graph = graphOf(synthesized.stacks);
  const covers = coversOf(readExceptions(), settings);
  const findings = [...evaluate(graph), ...scannersFindings(graph, covers)];
  const inventory = inventoryOf(graph, synthesized.traces, findings, covers);
  const tables = tablesOf(audited, graph, findings, inventory);
  const files = {
    ...stackFiles(synthesized),
    ...tableFiles(tables),
    "settings.yaml": audited.text,
    "jq.sh": commandsFile(),
    "sources.html": sourcesPage(audited.environment, inventory),
  };
  const page = indexPage({
    title: `Audit of ${audited.environment}`,
    facts: factsOf(audited, inventory, tables),
    tables,
    commands: JQ_COMMANDS,
    files: [...Object.keys(files), "index.html", MANIFEST].sort(),
  });
  const all = { ...files, "index.html": page };
  return {
    inventory,
    tables,
    files: { ...all, [MANIFEST]: manifestOf(all) },
  };
}

function tablesOf(
  { source, settings, synthesized: { stacks } }: Audited,
  graph: Graph,
  findings: readonly Finding[],
  inventory: readonly InventoryEntry[],
): Table[] {
  const register = readExceptions();
  const covers = coversOf(register, settings);
  const secrets = secretsTable(graph, stacks);
  return [
    cisTable(cisVerdicts(findings, covers)),
    exceptionsTable(register, findings, covers),
    risksTable(readAcceptedRisks(), exposuresOf(graph)),
    ...iamTables(graph, settings),
    kubernetesRights(graph),
    networkTable(graph),
    secrets,
    stateTable(stacks, secrets),
    outputsTable(graph, stacks),
    imagesTable(imagesOf(settings)),
    versionsTable(selectedVersions([{ name: source, settings, stacks }])),
    inventoryTable(inventory),
    rulesTable(rules, findings, covers),
  ];
}

const stackFiles = ({ texts, stacks }: TracedStacks): Record<string, string> =>
  Object.fromEntries([
    ...Object.entries(texts).map(([id, text]) => [
      `stacks/${id}.tf.json`,
      text,
    ]),
    ...Object.entries(stacks).map(([id, stack]) => [
      `scan/${id}.tf.json`,
      scanCopy(stack),
    ]),
  ]) as Record<string, string>;

const tableFiles = (tables: readonly Table[]): Record<string, string> =>
  Object.fromEntries(
    tables.flatMap((table) => [
      [`tables/${table.id}.csv`, csvOf(table)],
      [`tables/${table.id}.json`, jsonOf(table)],
    ]),
  );

const commandsFile = (): string =>
  [
    "#!/bin/sh",
    "# Parts of the tables, from the stacks' JSON, with jq alone: sh jq.sh, in this folder.",
    ...JQ_COMMANDS.map(
      ({ title, command, table, columns }) =>
        `\n# ${title}: ${columns.join(", ")} of tables/${table}.csv\necho '== ${title}'\n${command}`,
    ),
    "",
  ].join("\n");
