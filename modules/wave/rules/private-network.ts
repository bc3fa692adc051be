import { schemeProblems, webAclProblems } from "../../core/rules/load-balancer";
import {
  type UsedImage,
  efsDriverImages,
  mirrorProblems,
} from "../../core/rules/mirrors";
import { type Rule, type Warning, when } from "../../settings/rule";
import { imageRepository } from "../release/line-defaults";
import { hasBuilds, isClassic, lineOf } from "../release/line";
import { withRelease } from "../release/release";
import { type UpstreamImage, upstreamImages } from "../release/upstream-images";
import { type WaveSettings } from "../settings/schema";

const internalOnly: Rule<WaveSettings> = (settings) =>
  schemeProblems(settings, "wave.ingress.scheme", settings.wave.ingress.scheme);

const noWebAcl: Rule<WaveSettings> = (settings) =>
  webAclProblems(
    settings,
    "wave.ingress.wafAclArn",
    settings.wave.ingress.wafAclArn,
  );

/** Trivy loads its database from the internet. */
const noScans: Rule<WaveSettings> = (settings) =>
  when(
    !settings.network.internet &&
      hasBuilds(settings) &&
      settings.wave.scan.enabled,
    () => ({
      path: "wave.scan.enabled",
      given: "true, with network.internet: false",
      allowed:
        "false: the scanner loads its database of vulnerabilities from the internet",
      fix: "write false",
    }),
  );

/** The endpoint of S3 is for the VPC's own region. */
const cacheInRegion: Rule<WaveSettings> = ({ network, region, wave }) => {
  const { cacheRegion } = wave.build;
  return when(
    !network.internet && cacheRegion !== undefined && cacheRegion !== region,
    () => ({
      path: "wave.build.cacheRegion",
      given: `"${cacheRegion ?? ""}", with network.internet: false`,
      allowed: `${region}: the VPC reaches S3 in its own region only`,
      fix: "remove it, and use a bucket of this region",
    }),
  );
};

/** Every image that Terraform, the charts and Wave start, and the repositories that builds use. */
const mirrored: Rule<WaveSettings> = (settings) =>
  // Of a version that is none nobody knows the images.
  settings.network.internet || lineOf(settings.wave.version) === undefined
    ? []
    : mirrorProblems(settings, [
        ...(isProxied(settings) ? [] : serverImages(settings)),
        ...(hasBuilds(settings) && !isProxied(settings)
          ? buildImages(settings)
          : []),
        ...repositories(settings),
      ]);

/** Nodes pull every image by it; builds push past it. */
const isProxied = ({ network }: WaveSettings): boolean =>
  network.proxy !== undefined;

function serverImages(settings: WaveSettings): UsedImage[] {
  const { image } = settings.wave;
  return [
    {
      path: "wave.image.repository",
      image: imageRepository(withRelease(settings)),
      isSet: image.repository !== undefined,
      isRepository: true,
    },
    ...(isClassic(settings)
      ? [withDefault(settings, "surrealdb"), withDefault(settings, "upload")]
      : []),
  ];
}

function buildImages(settings: WaveSettings): UsedImage[] {
  const { build, images, version } = settings.wave;
  const upstream = upstreamImages(version);
  const ofWave = (Object.keys(upstream) as UpstreamImage[])
    .filter(
      (key) =>
        // Scans are refused as a whole.
        key !== "scanner" &&
        // On the classic line a Singularity build needs a privileged pod, which the namespace refuses without the setting.
        (key !== "singularity" || !isClassic(settings) || build.singularity),
    )
    .map((key) => ({
      path: `wave.images.${key}`,
      image: images[key] ?? upstream[key] ?? "",
      isSet: images[key] !== undefined,
    }));
  return [
    withDefault(settings, "sweep"),
    ...ofWave,
    ...efsDriverImages(settings),
  ];
}

const withDefault = (
  { wave: { images } }: WaveSettings,
  key: "surrealdb" | "upload" | "sweep",
): UsedImage => ({
  path: `wave.images.${key}`,
  image: images[key],
  isSet: true,
});

/** What builds push to. */
function repositories({ wave }: WaveSettings): UsedImage[] {
  const uses: [string, string | undefined, string][] = [
    [
      "wave.build.cache",
      wave.build.cache,
      "remove it to use the repository <prefix>/cache in ECR",
    ],
    [
      "wave.publicRepository",
      wave.publicRepository,
      "remove it, or name a repository in such a registry",
    ],
  ];
  return uses.flatMap(([path, image, fix]) =>
    image === undefined || image.includes("://")
      ? []
      : [{ path, image, isSet: true, isRepository: true, fix }],
  );
}

/** Nothing here makes these ways. */
const otherNetworks: Warning<WaveSettings> = (settings) => {
  const { network, wave } = settings;
  if (network.internet) return [];
  if (isProxied(settings))
    return hasBuilds(settings)
      ? [
          "network.internet is false, and builds do not go through network.proxy: base images, package servers and repositories of builds have to answer inside the VPC, over networks that you join to it.",
        ]
      : [];
  const hosts = [wave.platform.apiUrl, wave.licenseServerUrl]
    .filter((url) => url !== undefined)
    .map((url) => new URL(url).host);
  return [
    `network.internet is false: ${hosts.join(", ")} and every registry, package server and repository that users name have to answer inside the VPC, over networks that you join to it.`,
  ];
};

export const privateNetworkRules = [
  internalOnly,
  noWebAcl,
  noScans,
  cacheInRegion,
  mirrored,
];
export const privateNetworkWarnings = [otherNetworks];
