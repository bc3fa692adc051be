import {
  type Settings,
  hasComputeEnv,
  hasWave,
  settingsSchema,
} from "../../modules/schema";
import { isCurrent } from "../../modules/wave/release/line";
import { showReference } from "../../modules/lib/image-reference";
import { type StartedImage, imagesOf } from "./images";
import { type Environment } from "../audit/synthesized";
import { laneVersions, settingsVersions } from "./selected";
import { LANES } from "../../modules/core/versions/lanes";
import { type Selected } from "./standing";
import { lineOf } from "../../modules/core/versions/support";
import {
  EVERY,
  type Product,
  UNDATED,
} from "../../modules/core/versions/product";
import { PRODUCTS } from "../../modules/core/versions/support-table";

/** `docs/versions.md`: the table of versions and the images of the examples. Says nothing about today. */
export function versionsPage(environments: readonly Environment[]): string {
  const images = environments
    .flatMap(({ name, settings }) => [
      { name, settings },
      ...variantsOf(name, settings),
    ])
    .map(
      ({ name, settings }) =>
        `### ${name}\n\n${imageTable(imagesOf(settings)).join("\n")}`,
    );
  const rows = rowsOf([
    ...LANES.flatMap(laneVersions),
    ...settingsVersions(environments),
  ]);
  return [
    INTRODUCTION,
    datedTable(rows).join("\n"),
    KEPT,
    keptTable().join("\n"),
    NO_DATE,
    undatedTable(rows).join("\n"),
    IMAGES,
    ...images,
    "",
  ].join("\n\n");
}

const INTRODUCTION = `# Versions and images

<!-- Generated from tools/versions by \`npm run generate\`. Do not edit. -->

What a user of this project runs or chooses, and until when its maker gives it standard support. *Selected* is what somebody gets
who changes nothing, in a lane of \`lanes.json\` where the lanes differ. \`npm run check\` lists what is past its support, with the days and what ends it; it warns 90 days before
the end of a selected version and fails 30 days before it, unless the version is kept on purpose. The table is
\`modules/core/versions/support-table.ts\`; [CONTRIBUTING.md](../CONTRIBUTING.md#raise-a-version) says how to raise a version.
Packages that only tests and development use are not here: \`package-lock.json\` pins them.

## With a date
`.trim();

const NO_DATE = `## Without a date

Selected, and no end is published: neither where the source is, nor, as of 2026-08-22, in endoflife.date. *Not dated* is not
*supported*: many makers give fixes to their newest release alone.`;

const KEPT = `## Kept on purpose

Ended, or nobody's promise, and used all the same.`;

const IMAGES = `## Images

Every image that an environment starts: by Terraform, by the charts, by \`config.yml\` and by Wave itself. A mirror is named
by the setting. Not here: what EKS brings with its add-ons and node images, from registries of its own in each region, and
what a build starts from, which the one who asks for it chooses.

Architectures are those that the maker's tags or build files name; empty where that was not looked up. **Without a
version** means that what runs can change from day to day: set a mirror.`;

/** The same with other choices, for the images that only these start. */
function variantsOf(
  name: string,
  settings: Settings,
): { name: string; settings: Settings }[] {
  const variants: { name: string; settings: Settings }[] = [];
  if (hasWave(settings) && isCurrent(settings))
    variants.push({
      name: `${name} with wave.mode: lite`,
      settings: { ...settings, wave: { ...settings.wave, mode: "lite" } },
    });
  if (hasComputeEnv(settings))
    variants.push({
      name: `${name} with computeEnv.storage.kind: fusion`,
      settings: settingsSchema.parse({
        ...settings,
        computeEnv: { ...settings.computeEnv, storage: { kind: "fusion" } },
      }),
    });
  return variants;
}

/** A release line, and the versions of it that are selected. */
interface Row extends Product {
  readonly line: string;
  readonly end: string;
  readonly versions: string;
}

const rowsOf = (selected: readonly Selected[]): Row[] =>
  PRODUCTS.flatMap((product) =>
    Object.entries(product.ends).map(([line, end]) => {
      const chosen = selected.filter(
        ({ subject, version }) =>
          subject === product.subject && lineOf(product, version) === line,
      );
      const versions = [...new Set(chosen.map(({ version }) => version))].map(
        (version) => inLanes(version, chosen),
      );
      return {
        ...product,
        line: line === EVERY ? "all" : line,
        end,
        versions: versions.join(", "),
      };
    }),
  );

/** A version with the lane that has it, where not all have: `1.11.4 (card)`. */
function inLanes(version: string, chosen: readonly Selected[]): string {
  const places = chosen.filter((one) => one.version === version);
  const lanes = LANES.filter(({ name }) =>
    places.some(({ where }) => where === `lane ${name}`),
  );
  return lanes.length === 0 || lanes.length === LANES.length
    ? version
    : `${version} (${lanes.map(({ name }) => name).join(", ")})`;
}

const datedTable = (rows: readonly Row[]): string[] =>
  table(
    ["What", "Line", "Selected", "Support ends", "Used for", "Source", "Read"],
    rows
      .filter(({ end }) => end !== UNDATED)
      .map(({ subject, line, versions, end, usedFor, source, read }) => [
        ...[subject, line, versions, end, usedFor, source, read],
      ]),
  );

const undatedTable = (rows: readonly Row[]): string[] =>
  table(
    ["What", "Selected", "Used for", "Source", "Read"],
    rows
      .filter(({ end, versions }) => end === UNDATED && versions !== "")
      .map(({ subject, versions, usedFor, source, read }) => [
        ...[subject, versions, usedFor, source, read],
      ]),
  );

function keptTable(): string[] {
  const rows = PRODUCTS.flatMap((product: Product) =>
    Object.entries(product.kept ?? {}).map(([line, { why, exit }]) => [
      line === EVERY ? product.subject : `${product.subject} ${line}`,
      product.ends[line] ?? "",
      why,
      exit,
    ]),
  );
  return table(
    ["What", "Support ended", "Why it is kept", "What ends it"],
    rows,
  );
}

const imageTable = (images: readonly StartedImage[]): string[] =>
  table(
    [
      "Image",
      "Started by",
      "Mirror by setting",
      "Architectures",
      "Support ends",
    ],
    images.map((image) => [
      `\`${showReference(image)}\`${image.pinned ? "" : " **without a version**"}`,
      image.startedBy,
      image.setting === undefined ? "none" : `\`${image.setting}\``,
      image.architectures.join(", "),
      image.ends ?? UNDATED,
    ]),
  );

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] =>
  [head, head.map(() => "---"), ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
