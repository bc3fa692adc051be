import { type Graph, ofType } from "../graph";
import { showReference } from "../../../modules/lib/image-reference";
import { type StartedImage } from "../../versions/images";
import { endOf } from "../../../modules/core/versions/support";
import { UNDATED } from "../../../modules/core/versions/product";
import { isOn, textsAt } from "../reading";
import { type Selected } from "../../versions/standing";
import { type Table, distinct, lines } from "./table";

/** Versions of what is deployed and of what deploys it. */
export const versionsTable = (
  selected: readonly Selected[],
  day: string,
  graph: Graph,
): Table => {
  const deployed = selected.filter(
    ({ where }) => !where.startsWith("default of"),
  );
  const places = new Map<string, Selected[]>();
  for (const one of deployed) {
    const key = `${one.subject}\n${one.version}`;
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  const selectedRows = [...places.values()].flatMap(([one, ...more]) =>
    one === undefined
      ? []
      : [
          [
            one.subject,
            one.version,
            endText(endOf(one.subject, one.version), day),
            lines(distinct([one, ...more].map(({ where }) => where))),
          ],
        ],
  );
  const rows = [...selectedRows, ...programs(graph)];
  const support = judged(
    "Versions",
    rows.map(([what = "", version = "", end = ""]) => [
      `${what} ${version}`,
      end,
    ]),
  );
  const chosen = rows
    .filter(([, version = ""]) => version.startsWith("EKS's"))
    .map(([what = ""]) => what);
  const nodes = ofType(graph, "aws_eks_node_group").filter(
    ({ body }) => body.release_version === undefined,
  );
  const floating = [
    ...chosen,
    ...nodes.map(({ path }) => `the node image of ${path}`),
  ];
  const minor = ofType(
    graph,
    "aws_db_instance",
    "aws_elasticache_replication_group",
  ).filter(({ body }) => isOn(body.auto_minor_version_upgrade));
  const sentences = [
    ...(floating.length === 0
      ? []
      : [`EKS chooses the versions of ${floating.join(", ")}.`]),
    ...(minor.length === 0
      ? []
      : [
          `AWS chooses, and changes, the minor versions of ${minor.map(({ path }) => path).join(", ")}.`,
        ]),
  ];
  return {
    id: "versions",
    title: "Versions",
    note: "What these settings deploy, and the tools that do it, with the last day of standard support as docs/versions.md has it: source and day of reading are there. “Lane card” is the set of tools that this was synthesized with, of lanes.json. Other packages are in package-lock.json.",
    columns: ["What", "Version", "Support ends", "Chosen in"],
    rows,
    summary: [...support.summary, ...sentences],
    look: [...support.look, ...sentences],
  };
};

/** Programs that providers run on the machine that deploys, to log in to the cluster: with `kubeAuth: exec`. */
function programs(graph: Graph): string[][] {
  const found = ofType(graph, "provider.kubernetes", "provider.helm").flatMap(
    ({ path, body }) =>
      // The provider of Helm has it in its section of Kubernetes.
      ["exec.command", "kubernetes.exec.command"]
        .flatMap((place) => textsAt(body, place))
        .map((command) => ({ command, path })),
  );
  return distinct(found.map(({ command }) => command)).map((command) => [
    command === "aws" ? "AWS CLI" : command,
    "not pinned here",
    UNDATED,
    lines([
      "whoever deploys, on the machine that does",
      ...distinct(
        found
          .filter((one) => one.command === command)
          .map(({ path }) => `run by ${path}`),
      ),
    ]),
  ]);
}

/** Images that these settings start. */
export const imagesTable = (
  images: readonly StartedImage[],
  day: string,
): Table => ({
  id: "images",
  title: "Images",
  note: "Every image that Terraform, the charts, config.yml or Wave itself starts. What EKS brings with add-ons and nodes, and what users build from, is not here.",
  columns: [
    ...["Image", "What", "Started by", "Pinned", "Support ends"],
    ...["Mirror by setting", "Architectures"],
  ],
  rows: images.map((image) => [
    showReference(image),
    image.product,
    image.startedBy,
    image.digest !== undefined ? "digest" : image.pinned ? "tag" : UNPINNED,
    endText(image.ends, day),
    image.setting ?? "none",
    image.architectures.join(", "),
  ]),
  ...imageSentences(images, day),
});

const UNPINNED = "no: what runs can change";

function imageSentences(
  images: readonly StartedImage[],
  day: string,
): Pick<Table, "summary" | "look"> {
  const free = images.filter(({ pinned }) => !pinned);
  const byDigest = images.filter(({ digest }) => digest !== undefined);
  const support = judged(
    "Support of images",
    images.map((one) => [
      `image ${showReference(one)}`,
      endText(one.ends, day),
    ]),
  );
  return {
    summary: [
      `${images.length} images: ${byDigest.length} pinned by digest, ${images.length - byDigest.length - free.length} by a tag, ${free.length} not at all${free.length === 0 ? "" : `: ${free.map(showReference).join(", ")}`}.`,
      `They are ${images.map(showReference).join(", ")}; tags that the JSON does not name are the defaults of charts and of Wave at its versions, as their sources have them; what EKS starts by add-ons and nodes is in Versions.`,
      ...support.summary,
    ],
    look: [
      ...free.map(
        (one) =>
          `Image ${showReference(one)} is not pinned: what runs can change from day to day.`,
      ),
      ...support.look,
    ],
  };
}

/** Days before its end at which a version has to be looked at. */
const SOON = 90;

/** The last day of support with what is left of it on a day. */
function endText(end: string | undefined, day: string): string {
  if (end === undefined) return UNDATED;
  const days = Math.round((Date.parse(end) - Date.parse(day)) / 86_400_000);
  if (days < 0) return `${end}: ENDED ${-days} days ago`;
  return days <= SOON ? `${end}: ends in ${days} days` : end;
}

function judged(
  what: string,
  all: readonly (readonly [what: string, end: string])[],
): {
  readonly summary: string[];
  readonly look: string[];
} {
  const ended = all.filter(([, end]) => end.includes("ENDED"));
  const dated = all.filter(([, end]) => end !== UNDATED);
  return {
    summary: [
      `${what}: ${ended.length} of ${all.length} have ended, ${dated.length - ended.length} end on a day that is known${
        dated.length === ended.length
          ? ""
          : ` (${dated
              .filter((one) => !ended.includes(one))
              .map(([name, end]) => `${name} ${end}`)
              .join(", ")})`
      }, of ${all.length - dated.length} no day was found.`,
    ],
    look: all
      .filter(([, end]) => / ENDED | ends /.test(end))
      .map(([what, end]) => `Support of ${what}: ${end}.`),
  };
}
