import { type Settings } from "../../../modules/schema";
import { withApprovals } from "../approvals";
import { readAcceptedRisks } from "../accepted-risks";
import { coversOf, readExceptions, scannersFindings } from "../exceptions";
import { exposuresOf } from "../exposures";
import { type Graph, graphOf } from "../graph";
import { imagesOf } from "../../versions/images";
import { evaluate } from "../evaluate";
import { rules } from "../rules";
import { selectedVersions } from "../../versions/selected";
import { readMap } from "../../settings-map/settings-map";
import { accessTable } from "./access";
import { type Audited } from "./audited";
import { besideFiles, policyFiles } from "./beside";
import { cisTable, cisVerdicts } from "./cis";
import { dataTable } from "./data";
import { factsOf } from "./facts";
import { type InventoryEntry, inventoryOf, inventoryTable } from "./inventory";
import { JSON_LEAD, JSON_LIMITS, jsonTables } from "./json-only";
import { kubernetesRights } from "./kubernetes-permissions";
import { deployerTables } from "./deployer";
import { NOT_PROVED } from "./limits";
import { MANIFEST, manifestOf } from "./manifest";
import { networkTable } from "./network";
import { htmlPages } from "./page/pages";
import { personalDataTable } from "./personal-data";
import { exceptionsTable, risksTable } from "./registers";
import { openTable } from "./open";
import { pathsTable } from "./paths";
import { iamTables } from "./permissions";
import { rulesTable } from "./rules";
import { type Judged, sarifOf } from "./sarif";
import { sbomOf } from "./sbom";
import { scanCopy } from "./scan-copy";
import { scannerTable } from "./scanner";
import { secretsTable } from "./secrets";
import { showFrame } from "./source";
import { outputsTable, stateTable } from "./state";
import { type TracedStacks } from "./synth";
import { type Table, csvOf, jsonOf } from "./table";
import { askedRules, terraformTests } from "./terraform-tests";
import { tilesOf } from "./tiles";
import { imagesTable, versionsTable } from "./versions";

/** What an auditor gets. */
export interface Audit {
  readonly inventory: readonly InventoryEntry[];
  readonly tables: readonly Table[];
  /** Text of every file by its name in the folder. */
  readonly files: Readonly<Record<string, string>>;
}

/** All files of the folder: pure, and the same for the same commit, settings and day. */
export function auditOf(audited: Audited): Audit {
  const { settings, synthesized } = audited;
  const graph = graphOf(synthesized.stacks);
  const register = withApprovals(readExceptions(), audited.approvals?.entries);
  const covers = settings ? coversOf(register, settings) : [];
  const findings = [...evaluate(graph), ...scannersFindings(graph, covers)];
  const inventory = inventoryOf(graph, synthesized.traces, findings, covers);
  const judged = { findings, inventory, covers, register };
  const tables = settings
    ? tablesOf(audited, settings, graph, judged)
    : jsonTables(graph, synthesized.stacks, findings, inventory);
  const files = {
    ...stackFiles(synthesized),
    ...tableFiles(tables),
    ...(settings
      ? {
          ...terraformTests(synthesized.stacks, graph, rules),
          ...besideFiles(audited, settings, graph),
          "sbom.cdx.json": sbomOf(audited, settings, graph),
        }
      : policyFiles(graph)),
    "findings.sarif": sarifOf(audited, judged),
  };
  const pages = htmlPages({
    title: `Audit of ${audited.environment}`,
    graph,
    rules,
    inventory,
    tables,
    draw: audited.draw,
    cover: {
      lead: settings
        ? leadOf(audited, settings)
        : `Report of ${audited.day}. ${JSON_LEAD}`,
      limits: settings ? NOT_PROVED : JSON_LIMITS,
      tiles: tilesOf(tables, inventory),
      facts: factsOf(audited, inventory, tables),
      files: [...Object.keys(files), MANIFEST].sort(),
    },
  });
  const all = { ...files, ...pages };
  return {
    inventory,
    tables,
    files: { ...all, [MANIFEST]: manifestOf(all) },
  };
}

const leadOf = ({ commit, day }: Audited, settings: Settings): string =>
  `${settings.name}-${settings.environment}, account ${settings.accountId}, ${settings.region}. Report of ${day}: what Terraform is asked to make, at commit ${commit.id.slice(0, 12)} of ${commit.date.slice(0, 10)}.`;

function tablesOf(
  {
    environment,
    source,
    approvals,
    scanned,
    day,
    synthesized: { stacks },
  }: Audited,
  settings: Settings,
  graph: Graph,
  { findings, inventory, covers, register }: Judged,
): Table[] {
  const network = networkTable(graph);
  const secrets = secretsTable(graph, stacks, settings);
  const sources = new Map(
    inventory.flatMap(({ subject: { path }, source }) =>
      source === undefined
        ? []
        : [
            [
              path,
              [source.at, ...source.from.slice(0, 1)]
                .map(showFrame)
                .join(", called from "),
            ] as const,
          ],
    ),
  );
  return [
    cisTable(cisVerdicts(findings, covers), graph),
    exceptionsTable(register, findings, covers, day),
    risksTable(
      withApprovals(readAcceptedRisks(), approvals?.entries),
      exposuresOf(graph),
      day,
    ),
    accessTable(graph, settings),
    ...deployerTables(graph, settings),
    ...iamTables(graph, settings),
    kubernetesRights(graph, network),
    network,
    pathsTable(graph),
    openTable(graph),
    secrets,
    stateTable(stacks, secrets),
    personalDataTable(graph),
    dataTable(graph, (path) => sources.get(path) ?? ""),
    outputsTable(graph, stacks),
    imagesTable(imagesOf(settings), day),
    versionsTable(
      selectedVersions([{ name: source, settings, stacks }]),
      day,
      graph,
    ),
    inventoryTable(inventory, { map: readMap(), settings }),
    scannerTable(environment, stacks, covers, scanned),
    rulesTable(rules, findings, covers, askedRules(graph, rules)),
  ];
}

/** Each stack as Terraform runs it. Where it holds what stops scanners, a copy without. */
const stackFiles = ({
  texts,
  stacks,
  beside,
}: TracedStacks): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(texts).map(([id, text]) => [
      `terraform/${id}/cdk.tf.json`,
      text,
    ]),
  ),
  ...beside,
  ...Object.fromEntries(
    Object.entries(stacks).flatMap(([id, stack]) => {
      const copy = scanCopy(stack);
      return copy === undefined ? [] : [[`scan/${id}.tf.json`, copy]];
    }),
  ),
});

const tableFiles = (tables: readonly Table[]): Record<string, string> =>
  Object.fromEntries(
    tables.flatMap((table) => [
      [`tables/${table.id}.csv`, csvOf(table)],
      [`tables/${table.id}.json`, jsonOf(table)],
    ]),
  );
