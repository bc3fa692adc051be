import type * as Sarif from "sarif";
import {
  type Exception,
  type Suppression,
  coversFinding,
  isScanners,
} from "../exceptions";
import { type Finding, failuresOf } from "../evaluate";
import { type Rule } from "../rule";
import { type Audited } from "./audited";
import { type InventoryEntry } from "./inventory";
import { distinct } from "./table";
import { type Frame } from "./trace";

/** Findings, and what the register says of them: the entries with who accepted them. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly inventory: readonly InventoryEntry[];
  readonly covers: readonly Suppression[];
  readonly register: readonly Exception[];
}

/**
 * Rules that found something to judge, and what breaks them, as SARIF 2.1.0. An exception suppresses when somebody accepted
 * it and its day has not come; until then it is under review, which in SARIF suppresses nothing.
 */
export function sarifOf(
  { commit, day, settings }: Audited,
  { findings, inventory, covers, register }: Judged,
): string {
  const ours = findings.filter(({ rule }) => !isScanners(rule.id));
  const rules = distinct(ours.map(({ rule }) => rule));
  const made = new Map(inventory.map((one) => [one.subject, one.source?.at]));
  const tool = { name: "wave-on-eks audit", version: commit.id };
  const results = failuresOf(ours).map((finding) => ({
    ...resultOf(finding, made.get(finding.subject)),
    ruleIndex: rules.indexOf(finding.rule),
    suppressions: register
      .filter(({ id }) =>
        covers.some((one) => one.id === id && coversFinding(one, finding)),
      )
      .map((entry) => suppression(entry, day)),
  }));
  const source = {
    repositoryUri: commit.repository,
    revisionId: commit.id,
    mappedTo: { uriBaseId: "SOURCE" },
  };
  // The commit is this project's: it has nothing of another one whose JSON is read.
  const isKnown = settings && /^\w+:\/\//.test(commit.repository);
  const log: Sarif.Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { ...tool, rules: rules.map(ruleOf) } },
        originalUriBaseIds: {
          FOLDER: { description: { text: "The auditor's folder." } },
          SOURCE: { description: { text: "The repository at the commit." } },
        },
        ...(isKnown && { versionControlProvenance: [source] }),
        results,
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
}

const ruleOf = ({ id, sentence, types, attributes, externalIds }: Rule) => ({
  id,
  shortDescription: { text: sentence },
  help: {
    text: `Judges ${types.join(", ")}. Decided by: ${attributes.join(", ") || "the type alone"}.`,
  },
  properties: { tags: [...externalIds] },
});

function resultOf(
  { rule, subject: { stack, path, address }, part }: Finding,
  made: Frame | undefined,
): Sarif.Result {
  const where = part === undefined ? "" : ` (${part})`;
  const block = { name: address, fullyQualifiedName: path };
  return {
    ruleId: rule.id,
    level: "error",
    message: { text: `${path}${where}: ${rule.sentence}` },
    locations: [
      {
        ...place("FOLDER", `terraform/${stack}/cdk.tf.json`),
        logicalLocations: [block],
      },
    ],
    ...(made && { relatedLocations: [madeAt(made)] }),
  };
}

const madeAt = ({ file, line }: Frame): Sarif.Location => ({
  ...place("SOURCE", file, { startLine: line }),
  message: { text: "The call that makes it." },
});

const suppression = (
  { id, reason, approved, expires }: Exception,
  day: string,
): Sarif.Suppression => ({
  kind: "external",
  status: approved && day < expires ? "accepted" : "underReview",
  justification: `${id}: ${reason}`,
  properties: { id, expires },
});

const place = (
  uriBaseId: string,
  uri: string,
  region?: Sarif.Region,
): Sarif.Location => ({
  physicalLocation: { artifactLocation: { uri, uriBaseId }, region },
});
