import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";

/** A release of a chart: its name, its namespace and the values it sets. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly values: unknown;
}

/** Objects of a release, or what Helm says against its values. */
export type Rendered = readonly unknown[] | string;

/** Whether Helm is on the PATH. */
export const hasHelm = spawnSync("helm", ["version"]).status === 0;

/** What Helm makes of a release of one of our charts. */
export function renderChart(chart: string, release: Release): Rendered {
  const { name, namespace, values } = release;
  const folder = projectFile("manifests/charts", chart);
  const { status, stdout, stderr } = spawnSync(
    "helm",
    ["template", name, folder, "--namespace", namespace, "--values", "-"],
    { input: JSON.stringify(values), encoding: "utf8" },
  );
  return status === 0
    ? parseAllDocuments(stdout)
        .map((document) => document.toJS() as unknown)
        .filter((object) => object !== null)
    : stderr.trim();
}

interface Kept {
  readonly of: string;
  readonly rendered: Readonly<Record<string, Rendered>>;
}

function hashOf(chart: string, releases: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(releases));
  const folder = projectFile("manifests/charts", chart);
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(yaml|tpl|json)$/.test(name))
    .sort())
    hash.update(file).update(readFileSync(`${folder}/${file}`));
  return hash.digest("hex");
}

/**
 * What Helm made of releases of a chart, from `__tests__/golden/<chart>-chart.json`, so that tests read it without Helm.
 * `npm run charts` writes it, with Helm on the PATH.
 * @throws Error when chart or releases are others than those it was made of.
 */
export function renderedReleases(
  chart: string,
  releases: Readonly<Record<string, Release>>,
): Readonly<Record<string, Rendered>> {
  const file = projectFile(`__tests__/golden/${chart}-chart.json`);
  const of = hashOf(chart, releases);
  if (process.env.UPDATE_CHARTS === "1") {
    const rendered = Object.fromEntries(
      Object.entries(releases).map(([key, one]) => [
        key,
        renderChart(chart, one),
      ]),
    );
    writeFileSync(file, `${JSON.stringify({ of, rendered }, null, 1)}\n`);
  }
  const kept = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Kept)
    : undefined;
  if (kept?.of !== of)
    throw new Error(
      `${file} is of another chart ${chart}, or of other releases: npm run charts, with Helm on the PATH.`,
    );
  return kept.rendered;
}
