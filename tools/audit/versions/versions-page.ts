import {
  type Settings,
  hasComputeEnv,
  hasWave,
  settingsSchema,
} from "../../../modules/schema";
import { isCurrent } from "../../../modules/wave/release/line";
import { showReference } from "../../../modules/lib/image-reference";
import { type StartedImage, imagesOf } from "../images";
import { type Environment, selectedVersions } from "./selected";
import { lineOf } from "../../../modules/core/versions/support";
import {
  EVERY,
  type Product,
  UNDATED,
} from "../../../modules/core/versions/product";
import { PRODUCTS } from "../../../modules/core/versions/support-table";

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
  return [
    INTRODUCTION,
    versionTable(selectedVersions(environments)).join("\n"),
    KEPT,
    keptTable().join("\n"),
    IMAGES,
    ...images,
    "",
  ].join("\n\n");
}

const INTRODUCTION = `# Versions and images

<!-- Generated from tools/audit by \`npm run generate\`. Do not edit. -->

## Versions

Until when the maker of each thing gives it standard support. *Selected* is what somebody gets who changes nothing.
\`npm run check\` warns 90 days before the end of a selected version and fails 30 days before it. *No date found* means
that endoflife.date knows no end; the source is then where the maker would name one, and only where it says more has
somebody read the page. The table is \`modules/core/versions/support-table.ts\`;
[CONTRIBUTING.md](../CONTRIBUTING.md#raise-a-version) says how to raise a version.
`.trim();

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

function versionTable(
  selected: readonly { subject: string; version: string }[],
): string[] {
  const rows = PRODUCTS.flatMap((product) =>
    Object.entries(product.ends).map(([line, end]) => {
      const versions = selected.filter(
        ({ subject, version }) =>
          subject === product.subject && lineOf(product, version) === line,
      );
      return [
        product.subject,
        line === EVERY ? "all" : line,
        [...new Set(versions.map(({ version }) => version))].join(", "),
        end,
        product.usedFor,
        product.source,
        product.read,
      ];
    }),
  );
  return table(
    ["What", "Line", "Selected", "Support ends", "Used for", "Source", "Read"],
    rows,
  );
}

function keptTable(): string[] {
  const rows = PRODUCTS.flatMap((product: Product) =>
    Object.entries(product.kept ?? {}).map(([line, reason]) => [
      line === EVERY ? product.subject : `${product.subject} ${line}`,
      product.ends[line] ?? "",
      reason,
    ]),
  );
  return table(["What", "Support ended", "Why it is kept"], rows);
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
