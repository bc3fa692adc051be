import { showReference } from "../../../modules/lib/image-reference";
import { type StartedImage } from "../images";
import { endOf } from "../../../modules/core/versions/support";
import { UNDATED } from "../../../modules/core/versions/product";
import { type Selected } from "../versions/standing";
import { type Table, distinct, lines } from "./table";

/** Versions of what is deployed and of what deploys it. */
export const versionsTable = (selected: readonly Selected[]): Table => {
  const deployed = selected.filter(
    ({ where }) => !where.startsWith("default of"),
  );
  const places = new Map<string, Selected[]>();
  for (const one of deployed) {
    const key = `${one.subject}\n${one.version}`;
    places.set(key, [...(places.get(key) ?? []), one]);
  }
  return {
    id: "versions",
    title: "Versions",
    note: "What these settings deploy, and the tools that do it, with the last day of standard support as docs/versions.md has it: source and day of reading are there. Other packages are in package-lock.json.",
    columns: ["What", "Version", "Support ends", "Chosen in"],
    rows: [...places.values()].flatMap(([one, ...more]) =>
      one === undefined
        ? []
        : [
            [
              one.subject,
              one.version,
              endOf(one.subject, one.version) ?? UNDATED,
              lines(distinct([one, ...more].map(({ where }) => where))),
            ],
          ],
    ),
  };
};

/** Images that these settings start. */
export const imagesTable = (images: readonly StartedImage[]): Table => ({
  id: "images",
  title: "Images",
  note: "Every image that Terraform, the charts, config.yml or Wave itself starts. What EKS brings with add-ons and nodes, and what users build from, is not here.",
  columns: [
    ...["Image", "What", "Started by", "Pinned", "Mirror by setting"],
    "Architectures",
  ],
  rows: images.map((image) => [
    showReference(image),
    image.product,
    image.startedBy,
    image.digest !== undefined
      ? "digest"
      : image.pinned
        ? "tag"
        : "no: what runs can change",
    image.setting ?? "none",
    image.architectures.join(", "),
  ]),
});
