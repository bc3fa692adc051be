import { type WaveSettings } from "../settings/schema";
import { isCron } from "../../lib/cron";
import { hasBuilds, isClassic } from "../release/line";
import { type Rule, type Warning, when } from "../../settings/rule";

/** Builds are strangers to Wave: they get a namespace of their own. Wave Lite has no build namespace. */
const namespaces: Rule<WaveSettings> = (settings) => {
  const { wave } = settings;
  const keys = hasBuilds(settings)
    ? (["namespace", "buildNamespace"] as const)
    : (["namespace"] as const);
  return [
    ...when(
      hasBuilds(settings) && wave.namespace === wave.buildNamespace,
      () => ({
        path: "wave.buildNamespace",
        given: `"${wave.buildNamespace}", the same as wave.namespace`,
        allowed: "another namespace than Wave's own",
        fix: `write ${wave.namespace}-build, for example: builds must not share Wave's secrets`,
      }),
    ),
    ...keys.flatMap((key) =>
      when(/^(default$|kube-)/.test(wave[key]), () => ({
        path: `wave.${key}`,
        given: `"${wave[key]}"`,
        allowed: "a namespace of its own, not default or kube-*",
        fix: "choose another name: this project makes the namespace and removes it",
      })),
    ),
  ];
};

/** Wave writes builds below the mount only: by path segments, so /efs/wave-2 is not inside /efs/wave. */
const workspaceInMount: Rule<WaveSettings> = ({ wave: { build } }) => {
  const segments = (path: string) => path.split("/").filter(Boolean);
  const [mount, workspace] = [
    segments(build.mountPath),
    segments(build.workspace),
  ];
  const isInside =
    workspace.length > mount.length &&
    !workspace.includes("..") &&
    mount.every((segment, at) => segment === workspace[at]);
  return when(!isInside, () => ({
    path: "wave.build.workspace",
    given: `"${build.workspace}"`,
    allowed: `a folder inside ${build.mountPath} (wave.build.mountPath)`,
    fix: `write ${build.mountPath.replace(/\/$/, "")}/build, for example: Wave does not start otherwise`,
  }));
};

/** The classic line runs these pods privileged in the build namespace. */
const singularityIsPrivileged: Warning<WaveSettings> = (settings) =>
  isClassic(settings) && settings.wave.build.singularity
    ? [
        "wave.build.singularity on the classic line runs privileged pods: the build namespace then enforces no Pod Security level.",
      ]
    : [];

/** Pairing compares the address that both sides know byte for byte. */
const platformUrl: Rule<WaveSettings> = ({ wave: { platform } }) =>
  when(platform.apiUrl.endsWith("/"), () => ({
    path: "wave.platform.apiUrl",
    given: `"${platform.apiUrl}"`,
    allowed: "the address without a slash at its end",
    fix: `write ${platform.apiUrl.replace(/\/+$/, "")}: pairing compares it byte for byte`,
  }));

/** Platform mostly announces an address of this form. */
const platformPath: Warning<WaveSettings> = ({ wave: { platform } }) => {
  const { hostname, pathname } = new URL(platform.apiUrl);
  return pathname.endsWith("/api") || hostname.startsWith("api.")
    ? []
    : [
        `wave.platform.apiUrl ${platform.apiUrl} does not end in /api and its host does not start with api.: compare it with what Platform announces.`,
      ];
};

/** Fine in a closed network; on the internet everybody can use it. */
const anonymous: Warning<WaveSettings> = ({ wave }) =>
  wave.allowAnonymous
    ? [
        "wave.allowAnonymous is on: everybody who reaches Wave can pull and build without a token.",
      ]
    : [];

/** Only a static key lets the classic line pull from ECR through Wave. */
const noEcrKey: Warning<WaveSettings> = (settings) =>
  isClassic(settings) && settings.wave.classic.ecrKeySecret === undefined
    ? [
        "Images that Wave builds cannot be pulled through Wave, and the same request builds anew each day: the classic line has no ECR login by role. Set wave.classic.ecrKeySecret if you need it.",
      ]
    : [];

/** Wave refuses to start when there is a space between the number and the unit of the time. */
const RATE = /^[1-9]\d* *\/ *[1-9]\d*[smhd]$/;

/** Wave does not start with a limit it cannot read. */
const readableRates: Rule<WaveSettings> = ({ wave: { rateLimit } }) =>
  Object.entries(rateLimit === false ? {} : (rateLimit ?? {})).flatMap(
    ([key, limit]) =>
      when(typeof limit === "string" && !RATE.test(limit), () => ({
        path: `wave.rateLimit.${key}`,
        given: `"${limit}"`,
        allowed: "a number of requests / a time, such as 250/1h",
        fix: "write it as 250/1h; the time ends in s, m, h or d",
      })),
  );

/** The id is part of taking the role. */
const jumpIdNeedsRole: Rule<WaveSettings> = ({ wave: { current } }) =>
  when(
    current.jumpExternalId !== undefined && current.jumpRoleArn === undefined,
    () => ({
      path: "wave.current.jumpExternalId",
      given: `"${current.jumpExternalId ?? ""}", without jumpRoleArn`,
      allowed: "only beside wave.current.jumpRoleArn",
      fix: "add jumpRoleArn, the role that asks for this id, or remove the key",
    }),
  );

/** Kubernetes refuses a schedule of another form. */
const exportSchedule: Rule<WaveSettings> = ({ wave: { classic } }) =>
  when(!isCron(classic.exportSchedule), () => ({
    path: "wave.classic.exportSchedule",
    given: `"${classic.exportSchedule}"`,
    allowed: "a cron schedule of five fields, such as 17 3 * * *",
    fix: "write five fields: minute, hour, day of month, month and day of week (UTC)",
  }));

export const serverRules = [
  namespaces,
  workspaceInMount,
  platformUrl,
  readableRates,
  jumpIdNeedsRole,
  exportSchedule,
];
export const serverWarnings = [
  singularityIsPrivileged,
  platformPath,
  anonymous,
  noEcrKey,
];
