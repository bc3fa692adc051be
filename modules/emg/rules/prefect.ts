import { efsDriverImages, mirrorProblems } from "../../core/rules/mirrors";
import {
  type StartedImage,
  startedProblems,
} from "../../core/rules/started-images";
import { podFitProblems } from "../../core/rules/system-nodes";
import { isEcrRegistry } from "../../lib/ecr-registry";
import { readReference } from "../../lib/image-reference";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { reservedVariables } from "../api-config";
import { type EmgSettings } from "../settings/schema";

type EmgRule = Rule<EmgSettings>;

/** Images that start. */
export const imagesOf = ({
  emg: { api, auth, images },
}: EmgSettings): StartedImage[] => [
  {
    path: "emg.images.prefect",
    image: images.prefect,
    ...(auth.mode === "prefect-basic" && { oldest: PREFECT }),
  },
  ...(auth.mode === "oauth2-proxy"
    ? [
        {
          path: "emg.images.oauth2Proxy",
          image: images.oauth2Proxy,
          oldest: OAUTH2_PROXY,
        },
        { path: "emg.images.gateway", image: images.gateway },
      ]
    : []),
  { path: "emg.images.postgresClient", image: images.postgresClient },
  ...(api ? [{ path: "emg.api.image", image: api.image }] : []),
];

const PREFECT = {
  version: "3.6.22",
  why: "older ones let everybody read at addresses that end with health or ready",
};
const OAUTH2_PROXY = {
  version: "7.15.3",
  why: "older ones have known faults, by which people enter without a login",
};

const images: EmgRule = (settings) => [
  ...startedProblems(settings, imagesOf(settings)),
  ...(settings.emg.api && settings.network.proxy === undefined
    ? mirrorProblems(settings, efsDriverImages(settings))
    : []),
];

const everyNameOnce: EmgRule = ({ emg: { auth } }) =>
  auth.mode === "oauth2-proxy"
    ? [
        ...eachOnce("emg.auth.githubTeams", auth.githubTeams),
        ...eachOnce("emg.auth.workers", auth.workers),
      ]
    : [];

/** Prefect itself asks nobody then: who may connect to it is what the policies say. */
const enforced: EmgRule = ({ cluster, emg: { auth } }) =>
  when(
    cluster.kind === "existing" &&
      cluster.networkPolicies === "notEnforced" &&
      auth.mode === "oauth2-proxy",
    () => ({
      path: "cluster.networkPolicies",
      given: "notEnforced, with emg.auth.mode: oauth2-proxy",
      allowed:
        "enforced: without the policies every pod of the cluster is Prefect's administrator",
      fix: "write enforced once the cluster's CNI does it; or emg.auth: {mode: prefect-basic}",
    }),
  );

/** GitHub and PyPI have no endpoint in a VPC. */
const internet: EmgRule = ({ emg: { auth, prefect }, network }) => {
  if (network.internet || network.proxy !== undefined) return [];
  const problem = (path: string, given: string, fix: string) => ({
    path,
    given: `${given}, with network.internet: false`,
    allowed: "what calls no host of the internet; or network.proxy",
    fix,
  });
  return [
    ...when(auth.mode === "oauth2-proxy", () =>
      problem(
        "emg.auth.mode",
        "oauth2-proxy, which asks github.com",
        "add network.proxy, or write emg.auth: {mode: prefect-basic}",
      ),
    ),
    ...when(prefect.extraPipPackages.length > 0, () =>
      problem(
        "emg.prefect.extraPipPackages",
        `${prefect.extraPipPackages.length}, from pypi.org`,
        "remove them, and put them into an image of your own: emg.images.prefect",
      ),
    ),
  ];
};

const ownVariables: EmgRule = (settings) => {
  const { api } = settings.emg;
  if (api === undefined) return [];
  const reserved = reservedVariables(settings, api);
  return Object.keys(api.extraEnv)
    .filter((name) => reserved.includes(name))
    .map((name) => ({
      path: `emg.api.extraEnv.${name}`,
      given: "a variable that is set here already, or must not be set",
      allowed: "other variables",
      fix: "remove it: emg.api.slurm, basePath and the secrets say what these are, and DJANGO_DEBUG is on with any text",
    }));
};

/** All addresses of the application begin with it, and pods that answer 404 there never become ready. */
const healthBelowBase: EmgRule = ({ emg: { api } }) =>
  when(
    api !== undefined && !api.healthPath.startsWith(`/${api.basePath}`),
    () => ({
      path: "emg.api.healthPath",
      given: `"${api?.healthPath ?? ""}", with emg.api.basePath ${api?.basePath ?? ""}`,
      allowed: `a path that begins with /${api?.basePath ?? ""}`,
      fix: `write /${api?.basePath ?? ""}, which the application answers, or a path below it`,
    }),
  );

/** Passwords of ECR end after twelve hours; roles do not. */
const noLoginToEcr: EmgRule = ({ emg: { api } }) =>
  when(
    api?.pullSecret !== undefined &&
      isEcrRegistry(readReference(api.image).registry),
    () => ({
      path: "emg.api.pullSecret",
      given: `"${api?.pullSecret ?? ""}", for an image in ECR`,
      allowed: "logins of other registries: those of ECR end after 12 hours",
      fix: "remove it: nodes pull from ECR by their role",
    }),
  );

const podsFit: EmgRule = (settings) =>
  (["api", "prefect"] as const).flatMap((part) =>
    (["cpu", "memory"] as const).flatMap((resource) => {
      const given = settings.emg[part]?.[resource];
      return given === undefined
        ? []
        : podFitProblems(settings, `emg.${part}.${resource}`, given, resource);
    }),
  );

export const prefectRules = [
  images,
  everyNameOnce,
  enforced,
  internet,
  ownVariables,
  healthBelowBase,
  noLoginToEcr,
  podsFit,
];
