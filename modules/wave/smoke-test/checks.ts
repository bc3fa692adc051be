import { type WaveSettings } from "../settings/schema";
import {
  PAIRING_PATH,
  closedPaths,
  pairingRanges,
} from "../objects/ingress-routes";
import { hasFeature } from "../release/feature-versions";
import { releaseOf } from "../release/release";

/** What a right answer has. */
export interface Expected {
  readonly status: number;
  /** Text the body holds. */
  readonly body?: string;
  /** A header, its name in lower case, and how its value begins. */
  readonly header?: { readonly name: string; readonly value: string };
}

/** One request that needs no credentials, and the answer of a sound installation. */
export interface Check {
  /** Short and unique for each thing that is proved, such as `https-redirect`. */
  readonly name: string;
  /** What a right answer proves, in a few words. */
  readonly what: string;
  readonly scheme: "https" | "http";
  readonly path: string;
  /** JSON to post; a GET without it. */
  readonly json?: string;
  readonly expected: Expected;
  /** Answered by the load balancer: says nothing when Wave is asked past it. */
  readonly byLoadBalancer?: boolean;
  /**
   * How often it is asked: a load balancer with one sick target answers now and then.
   * @default 1
   */
  readonly times?: number;
}

const IMAGE = '{"containerImage":"docker.io/library/alpine:latest"}';

/**
 * The smoke test of an installed Wave. `npm run verify` runs it, and the output
 * `verify_commands` prints it as commands of curl.
 */
export function smokeTest(settings: WaveSettings): Check[] {
  const { wave } = settings;
  return [
    {
      name: "release",
      what: "the release that runs",
      scheme: "https",
      path: "/service-info",
      expected: { status: 200, body: `"version":"${wave.version}"` },
    },
    {
      name: "health",
      what: "healthy",
      scheme: "https",
      path: "/health",
      expected: { status: 200, body: '"status":"UP"' },
      times: 5,
    },
    {
      name: "registry-api",
      what: "a registry",
      scheme: "https",
      path: "/v2/",
      expected: {
        status: 200,
        header: {
          name: "docker-distribution-api-version",
          value: "registry/2.0",
        },
      },
    },
    {
      // `/health` is UP without Redis and database. A token that nobody was given is looked for in Redis.
      name: "redis",
      what: "Redis, which keeps the requests",
      scheme: "https",
      path: "/v2/wt/000000000000/library/alpine/manifests/latest",
      expected: { status: 404, body: "Unknown Wave container for token" },
    },
    {
      name: "anonymous-requests",
      ...anonymous(wave.allowAnonymous),
      scheme: "https",
      path: hasFeature(wave.version, "containerApi")
        ? "/v1alpha2/container"
        : "/container-token",
      json: IMAGE,
    },
    ...(wave.allowAnonymous
      ? []
      : [
          closed(
            "pull-without-token",
            "no pull with Wave's own login",
            "/v2/library/alpine/manifests/latest",
          ),
        ]),
    ...closedPaths({ release: releaseOf(wave.version) }).map((path) =>
      closed("closed-path", "closed to the public", path),
    ),
    ...(pairingRanges(settings) === undefined
      ? []
      : [
          closed(
            "pairing",
            "no pairing session for a stranger",
            `${PAIRING_PATH}/tower/token/stranger?endpoint=https://stranger.invalid`,
          ),
        ]),
    {
      name: "https-redirect",
      what: "redirected to https",
      scheme: "http",
      path: "/",
      expected: {
        status: 301,
        header: { name: "location", value: `https://${wave.hostname}` },
      },
      byLoadBalancer: true,
    },
  ];
}

/** The load balancer answers this with a text of its own, and Wave would with JSON. */
const closed = (name: string, what: string, path: string): Check => ({
  name,
  what,
  scheme: "https",
  path,
  expected: { status: 404, body: "not found" },
  byLoadBalancer: true,
});

/** A request without a token: refused, unless the settings allow it. */
const anonymous = (allowed: boolean): Pick<Check, "what" | "expected"> =>
  allowed
    ? {
        what: "anonymous requests are allowed by the settings",
        expected: { status: 200, body: '"targetImage"' },
      }
    : {
        what: "no anonymous requests",
        expected: { status: 400, body: "Missing user access token" },
      };
