import { type DataOutputs } from "../../contracts/data";
import { type WaveSettings } from "../settings/schema";
import { type Section } from "./section";
import { buildNodesText } from "../objects/nodes";
import { s3BuildCache } from "../stores/s3-build-cache";

/** Optional parts of `config.yml` that mean nothing without builds. */
export function buildSections(
  settings: WaveSettings,
  data: DataOutputs,
): (Section | undefined)[] {
  return [
    jobImages(settings),
    publicRepository(settings),
    cacheRegion(settings, data),
    arm64Nodes(settings),
  ];
}

/** Mirrors of the images that builds, scans and copies run. Two keys only work in camel case. */
function jobImages({ wave: { images } }: WaveSettings): Section | undefined {
  const sections = Object.entries({
    build: given({
      "kaniko-image": images.kaniko,
      "buildkit-image": images.buildkit,
      "singularity-image": images.singularity,
      "singularity-image-init": images.singularityInit,
    }),
    mirror: given({ skopeoImage: images.skopeo }),
    scan: images.scanner && { image: { name: images.scanner } },
  });
  const wave = given(Object.fromEntries(sections));
  return wave && { wave };
}

/** The keys that have a value; undefined when none has. */
function given(
  keys: Readonly<Record<string, Section | string | undefined>>,
): Section | undefined {
  const entries = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Repository of builds that anonymous users may ask for. */
function publicRepository({ wave }: WaveSettings): Section | undefined {
  if (wave.publicRepository === undefined) return undefined;
  return { wave: { build: { "public-repo": wave.publicRepository } } };
}

/** BuildKit asks for the region of a cache in S3. */
function cacheRegion(
  settings: WaveSettings,
  data: DataOutputs,
): Section | undefined {
  const cache = s3BuildCache(settings, data);
  if (cache === undefined) return undefined;
  return { wave: { build: { "cache-bucket-region": cache.region } } };
}

/** Builds for arm64 run on nodes of their own. */
function arm64Nodes(settings: WaveSettings): Section | undefined {
  if (!settings.wave.build.arm64) return undefined;
  const nodeSelector = {
    "linux/arm64": buildNodesText(settings, "buildArm64"),
  };
  return { wave: { build: { k8s: { nodeSelector } } } };
}
