import { join } from "node:path";
import { systemNodes } from "../../../modules/core/cluster/node-labels";
import {
  type KubernetesObject,
  type TerraformJson,
} from "../../operate/manifests/manifests";
import { type Lab } from "../lab";
import { Stop } from "../report";
import { outputsOf } from "../terraform/outputs";
import { keptByCharts, stubReleases } from "./stub-releases";
import { readStack } from "../terraform/synthesized";
import { type Translation } from "./translation";
import { chartNames, objectsOf } from "./translation-objects";

type TranslatingLab = Pick<Lab, "report" | "aws" | "settings" | "env">;

/** Sends the translated `workloads` stack to the cluster, after stand-ins for its Helm releases. */
export async function applyTranslation(
  lab: TranslatingLab,
  translation: Translation,
  step: string,
): Promise<void> {
  const { report } = lab;
  const started = Date.now();
  const sent = await sendTranslation(lab, translation).catch(String);
  const error = typeof sent === "string" ? sent : undefined;
  const count = typeof sent === "string" ? 0 : sent.length;
  const row = report.row("workloads");
  row.resources = Math.max(row.resources, count);
  row.seconds = Math.max(row.seconds, ((Date.now() - started) / 1000) | 0);
  const detail = error ?? `${count} objects`;
  const name = `${step}: workloads, translated, is accepted and ready`;
  if (!report.check(name, error === undefined, detail)) throw new Stop();
}

/** The same for a run that may fail. @returns the objects of the stack. @throws Error */
export async function sendTranslation(
  lab: TranslatingLab,
  translation: Translation,
): Promise<readonly KubernetesObject[]> {
  const { json } = readStack(
    "workloads",
    join(lab.env.CDKTF_OUTPUT ?? "", "stacks", "workloads"),
  );
  const stack = json as TerraformJson;
  const charts = chartNames(stack);
  const releases = stubReleases(systemNodes(lab.settings));
  const left = charts.filter((name) => !(name in releases));
  if (left.length > 0)
    lab.report.progress(
      `not part of the translation: the Helm release ${left.join(", ")}`,
    );
  const objects = objectsOf(
    stack,
    await outputsOf(lab.aws, lab.settings, ["network", "data", "identity"]),
  );
  await translation.apply(
    charts.flatMap((name) => releases[name]?.objects ?? []),
    objects,
  );
  return objects;
}

/** A second server-side apply would change nothing. */
export async function compareTranslation(
  { report }: Pick<Lab, "report">,
  translation: Translation,
  step: string,
): Promise<void> {
  const changes = await translation.differences();
  const row = report.row("workloads");
  row.changes = (row.changes ?? 0) + changes.length;
  report.check(
    `${step}: workloads is unchanged`,
    changes.length === 0,
    changes.join(", ") || undefined,
  );
}

/** Deletes it all again, backwards. @throws Error */
export const withdrawTranslation = (translation: Translation): Promise<void> =>
  translation.removeAll(keptByCharts);

/** The same, and reports how it went. */
export async function removeTranslation(
  { report }: Pick<Lab, "report">,
  translation: Translation,
  step: string,
): Promise<void> {
  const error = await errorOf(withdrawTranslation(translation));
  const name = `${step}: workloads, translated, is deleted`;
  if (!report.check(name, error === undefined, error)) throw new Stop();
}

const errorOf = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => String(error),
  );
