import { pinnedProblems } from "../../core/rules/images";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isCurrent, lineOf } from "../release/line";
import { UNPINNED } from "../release/upstream-images";
import { type Rule, type Warning, when } from "../../settings/rule";

const IMAGES = [
  "surrealdb",
  "kaniko",
  "buildkit",
  "singularity",
  "singularityInit",
  "scanner",
  "skopeo",
  "upload",
  "sweep",
] as const;

/** A name without a version can be another image from day to day. */
const pinnedImages: Rule<WaveSettings> = ({ wave: { images } }) =>
  IMAGES.flatMap((key) => pinnedProblems(`wave.images.${key}`, images[key]));

/** Wave tells what a build pod needs by this word in the name of its image. */
const SINGULARITY = "singularity";

/** Images that are run by the same code, and are not Singularity's. */
const OTHER_BUILDERS = ["kaniko", "buildkit"] as const;

const singularityByName: Rule<WaveSettings> = ({ wave: { images } }) => {
  const own = images.singularity;
  return [
    ...when(own !== undefined && !own.includes(SINGULARITY), () => ({
      path: "wave.images.singularity",
      given: `"${own ?? ""}"`,
      allowed: `an image whose name holds the word ${SINGULARITY}`,
      fix: `give the mirror a name such as registry.example.com/wave/${SINGULARITY}:v4.2.1-r4: Wave starts the pod of another one as that of a Docker build`,
    })),
    ...OTHER_BUILDERS.flatMap((key) => {
      const image = images[key] ?? "";
      return when(image.includes(SINGULARITY), () => ({
        path: `wave.images.${key}`,
        given: `"${image}"`,
        allowed: `an image whose name does not hold the word ${SINGULARITY}`,
        fix: "give the mirror another name or path: Wave takes it for Singularity's, whose pods are privileged on the classic line",
      }));
    }),
  ];
};

/** The settings are checked for one release. */
const pinnedWave: Rule<WaveSettings> = ({ wave: { image, version } }) =>
  when(image.tag === "latest" && image.digest === undefined, () => ({
    path: "wave.image.tag",
    given: '"latest"',
    allowed: "the tag of one release",
    fix: `remove it (the default is v${version}), or write the tag of your mirror`,
  }));

/** The settings are checked for wave.version; another image would run with them unchecked. */
const tagOfVersion: Warning<WaveSettings> = ({ wave: { image, version } }) =>
  image.tag !== undefined && !image.tag.includes(version)
    ? [
        `wave.image.tag ${image.tag} does not name wave.version ${version}: the settings are checked for ${version}.`,
      ]
    : [];

/** Wave starts these in the build namespace of the current line. */
const unpinnedDefaults: Warning<WaveSettings> = (settings) => {
  if (!isCurrent(settings) || !hasBuilds(settings)) return [];
  const open = (Object.keys(UNPINNED) as (keyof typeof UNPINNED)[]).filter(
    (key) => settings.wave.images[key] === undefined,
  );
  if (open.length === 0) return [];
  const list = open
    .map((key) => `${UNPINNED[key]} (wave.images.${key})`)
    .join(" and ");
  return [
    `Wave's own default of ${list} has no version: what runs can change from day to day. Set a mirror with a tag or digest.`,
  ];
};

/** The paths of Wave's images, which moved between the lines. */
const REPOSITORY_OF = {
  classic: "/nf-tower-enterprise/wave",
  current: "/enterprise/wave/server",
} as const;

/** A mirror keeps the path as a rule, so this is a release of the other line. */
const repositoryOfLine: Warning<WaveSettings> = ({
  wave: { image, version },
}) => {
  const line = lineOf(version);
  if (image.repository === undefined || line === undefined) return [];
  const other = REPOSITORY_OF[line === "classic" ? "current" : "classic"];
  return `/${image.repository}`.endsWith(other)
    ? [
        `wave.image.repository ${image.repository} holds images of the other line than wave.version ${version}: those of this one stand in …${REPOSITORY_OF[line]}.`,
      ]
    : [];
};

export const imageRules = [pinnedImages, pinnedWave, singularityByName];
export const imageWarnings = [tagOfVersion, unpinnedDefaults, repositoryOfLine];
