import { type IngressV1SpecRuleHttpPath } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import {
  byAction,
  forwardWhere,
  sourceConditions,
} from "../../kubernetes/alb-actions";
import { hasFeature } from "../release/feature-versions";
import { type WaveEnvironment } from "../release/release";
import { type WaveSettings } from "../settings/schema";
import { WAVE } from "./kubernetes-names";
import { WAVE_SERVICE_PORT } from "./service";

/** What the load balancer does with a request, by its path: the first that matches. */
export interface Routes {
  readonly paths: readonly IngressV1SpecRuleHttpPath[];
  /** Actions and conditions that the paths name as their backends; without the prefix of the controller. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Name of the load balancer's answer for what is not public; backends refer to it like to a Service. */
const NOT_FOUND = "not-found";

/** Where a Platform opens its pairing session. */
export const PAIRING_PATH = "/pairing";

/** Metrics, which answer without a token where they are on. */
const METRICS_PATHS = ["/prometheus", "/metrics"];

/**
 * Pages of single builds and scans. On the classic line they ask for no token, and what stands in their path becomes part of
 * a query to SurrealDB.
 */
const CLASSIC_PAGES = [
  "/view/builds",
  "/view/scans",
  "/v1alpha1/builds",
  "/v1alpha1/scans",
];

/** Where clients ask whether this is a registry, and pull what a token was given for. */
const REGISTRY_PATH = "/v2/";
const TOKEN_PATH = "/v2/wt/";

/** Paths that are nobody's business outside of the cluster. */
export const closedPaths = (
  settings: Pick<WaveEnvironment, "release">,
): readonly string[] => [
  ...METRICS_PATHS,
  ...(settings.release.isClassic ? CLASSIC_PAGES : []),
];

/** Who may open a pairing session, as ranges; undefined for everybody who reaches the load balancer. */
export function pairingRanges({
  wave,
}: Pick<WaveSettings, "wave">): readonly string[] | undefined {
  const { platform, ingress } = wave;
  if (platform.pairingCidrs !== undefined) return platform.pairingCidrs;
  const isFiltered =
    ingress.scheme === "internal" || ingress.inboundCidrs.length > 0;
  return isFiltered ? undefined : [];
}

/** What is open to some, what is open to nobody, and Wave. */
export function routesOf(settings: WaveEnvironment): Routes {
  const ranges = pairingRanges(settings);
  const pairing = pairingRoutes(ranges ?? []);
  const status = buildStatusRoute(settings);
  const closed = [
    ...(ranges === undefined ? [] : [PAIRING_PATH]),
    ...closedPaths(settings),
  ].map((path) => pathTo(path, byAction(NOT_FOUND)));
  const paths = [
    ...pullRoutes(settings),
    ...pairing.paths,
    ...closed,
    pathTo("/", WAVE_BACKEND),
  ];
  return {
    paths:
      status === undefined ? paths : [...status.paths, ...paths.map(asPattern)],
    annotations: {
      [`actions.${NOT_FOUND}`]: JSON.stringify({
        type: "fixed-response",
        fixedResponseConfig: {
          contentType: "text/plain",
          statusCode: "404",
          messageBody: "not found",
        },
      }),
      ...pairing.annotations,
      ...status?.annotations,
    },
  };
}

/**
 * Pulls without the token of a request, at `/v2/<registry>/<image>`, ask Wave for no login, and Wave uses its own: whoever
 * reaches it would have every image that it may read (`RouteHandler` and `RegistryProxyService` of Wave, 1.3.3 to 1.37.0).
 * Nextflow and the CLI pull by the token. Where requests without a login are allowed, these are too.
 */
const pullRoutes = ({ wave }: WaveEnvironment): IngressV1SpecRuleHttpPath[] =>
  wave.allowAnonymous
    ? []
    : [
        ...["/v2", REGISTRY_PATH].map((path) => ({
          path,
          pathType: "Exact",
          backend: WAVE_BACKEND,
        })),
        pathTo(TOKEN_PATH, WAVE_BACKEND),
        pathTo(REGISTRY_PATH, byAction(NOT_FOUND)),
      ];

/** Rules of equal paths keep their order, so these come before the one that closes the path. */
function pairingRoutes(ranges: readonly string[]): Routes {
  const rules = sourceConditions(ranges).map((condition, index) => ({
    name: `pairing-${index + 1}`,
    condition,
  }));
  return {
    paths: rules.map(({ name }) => pathTo(PAIRING_PATH, byAction(name))),
    annotations: Object.assign(
      {},
      ...rules.map(({ name, condition }) =>
        forwardWhere(name, TO_WAVE, condition),
      ),
    ) as Record<string, string>,
  };
}

/**
 * Clients that wait for a build ask for its status, from the release that has it on. It is let through where the id is one:
 * letters, digits and what joins them end no string of a query.
 */
function buildStatusRoute({
  release,
  wave,
}: WaveEnvironment): Routes | undefined {
  if (!release.isClassic || !hasFeature(wave.version, "containerApi"))
    return undefined;
  const name = "build-status";
  const condition = {
    field: "path-pattern",
    pathPatternConfig: {
      regexValues: ["^/v1alpha1/builds/[A-Za-z0-9_-]+/status$"],
    },
  };
  return {
    paths: [{ pathType: "ImplementationSpecific", backend: byAction(name) }],
    annotations: forwardWhere(name, TO_WAVE, condition),
  };
}

const TO_WAVE = { name: WAVE, port: WAVE_SERVICE_PORT };

const WAVE_BACKEND = {
  service: { name: WAVE, port: { number: WAVE_SERVICE_PORT } },
};

const pathTo = (
  path: string,
  backend: IngressV1SpecRuleHttpPath["backend"],
): IngressV1SpecRuleHttpPath => ({ path, pathType: "Prefix", backend });

/** The controller puts paths of this type in the order in which they stand, but behind every prefix: all are of it, or none. */
const asPattern = (
  route: IngressV1SpecRuleHttpPath,
): IngressV1SpecRuleHttpPath => ({
  ...route,
  path: route.pathType === "Exact" ? route.path : `${route.path ?? ""}*`,
  pathType: "ImplementationSpecific",
});
