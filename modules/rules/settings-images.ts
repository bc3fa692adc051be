import { type Rule, type Warning, when } from "./settings-rule";

const IMAGES = [
  "surrealdb",
  "kaniko",
  "singularity",
  "scanner",
  "upload",
  "sweep",
] as const;
const CHARTS = ["efsCsiDriver", "loadBalancerController"] as const;

/** What pins an image: its digest or its tag; undefined when it has neither. */
function pinOf(image: string): string | undefined {
  const [name = "", digest] = image.split("@");
  // A colon before the last slash is a port.
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  return digest ?? tag;
}

const pinned = (path: string, image: string | undefined) => {
  const pin = image === undefined ? "" : pinOf(image);
  return when(pin === undefined || pin === "latest", () => ({
    path,
    given: `"${image ?? ""}"`,
    allowed: "an image with a tag other than latest, or with a digest",
    fix: "write the version you tested, such as …:1.2.3 or …@sha256:…",
  }));
};

/** VR-38. */
const pinnedImages: Rule = ({ wave: { images } }) =>
  IMAGES.flatMap((key) => pinned(`wave.images.${key}`, images[key]));

/** VR-38, for the two controllers. */
const pinnedControllers: Rule = ({ charts }) =>
  CHARTS.flatMap((key) => pinned(`charts.${key}.image`, charts[key].image));

/** VR-38, DEP-01. */
const pinnedWave: Rule = ({ wave: { image, version } }) =>
  when(image.tag === "latest" && image.digest === undefined, () => ({
    path: "wave.image.tag",
    given: '"latest"',
    allowed: "the tag of one release",
    fix: `remove it (the default is v${version}), or write the tag of your mirror`,
  }));

/** The settings are checked for wave.version; another image would run with them unchecked. */
const tagOfVersion: Warning = ({ wave: { image, version } }) =>
  image.tag !== undefined && !image.tag.includes(version)
    ? [
        `wave.image.tag ${image.tag} does not name wave.version ${version}: the settings are checked for ${version}.`,
      ]
    : [];

export const imageRules = [pinnedImages, pinnedControllers, pinnedWave];
export const imageWarnings = [tagOfVersion];
