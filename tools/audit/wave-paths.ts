/**
 * What Wave answers, and to whom, read in its sources: `src/main/groovy/io/seqera/wave/controller` and
 * `core/RegistryProxyService.groovy` of github.com/seqeralabs/wave at the tags v1.3.3, v1.7.9 and v1.37.0. In its `application.yml`
 * every path is open unless a method asks for more; POST of a container is refused without a login by `wave.allowAnonymous: false`.
 * Its API is described at https://docs.seqera.io/wave/api.
 */
export interface WavePath {
  /** With `<id>` for what differs. */
  readonly path: string;
  readonly method: string;
  readonly does: string;
  /** Somebody without a login gets no answer. */
  readonly login: boolean;
  /** What a caller has to know or may not exceed. */
  readonly limit: string;
  /** Absent: of both lines. */
  readonly line?: "classic" | "current";
  /** It asks a registry with Wave's own login, where config.yml has one. */
  readonly asWave?: boolean;
  /** It shows who asked: name, mail address, user id or IP address. */
  readonly personal?: boolean;
  /** A key of `config.yml` without which it is not there. */
  readonly needs?: string;
}

const NOTHING = "nothing";
const TOKEN = "the token of a request, which expires";
const RECORD = "the token of a request, of one that expired too";
const REQUEST = "the id of a request, made at random";
const ID =
  "the id, which is made of a checksum of what was asked for, and is no secret";
const PLATFORM = "a token of Platform";
/** By `MICRONAUT_ENVIRONMENTS` of Wave's pods. */
export const LIMITS =
  "limits of pulls by address, in the environment rate-limit";
const SSRF = "private addresses are refused (wave.security.ssrf-protection)";

type Row = readonly [
  method: string,
  path: string,
  does: string,
  limit: string,
  more?: Partial<WavePath>,
];

// prettier-ignore
const PATHS: readonly Row[] = [
  ["GET", "/service-info", "version and commit of Wave", NOTHING],
  ["GET", "/ping", "that Wave runs", NOTHING, { line: "classic" }],
  ["GET", "/openapi/", "the description of Wave's API", NOTHING, { line: "current" }],
  ["GET", "/", "leads to a page of the operator, or says that there is none", NOTHING],
  ["GET", "/v2/", "says that this is a registry", NOTHING],
  ["GET", "/v2/wt/<token>/<image>", "layers and manifest of one request's image", TOKEN],
  ["GET", "/v2/<registry>/<image>", "layers and manifest of any image", LIMITS, { asWave: true }],
  ["GET", "/container-token/<token>", "one request: who asked, from where, for what", RECORD, { personal: true }],
  ["GET", "/v1alpha2/container/<id>", "the same, by its id", REQUEST, { line: "current", personal: true }],
  ["GET", "/v1alpha2/container/<id>/status", "whether its image is ready", REQUEST, { line: "current" }],
  ["GET", "/v1alpha1/builds/<id>", "one build: its container file, who asked, from where", ID, { needs: "wave.build", personal: true }],
  ["GET", "/v1alpha1/builds/<id>/logs", "log of the build", ID, { needs: "wave.build" }],
  ["GET", "/v1alpha1/builds/<id>/status", "whether it ended (not in 1.3.3)", ID, { needs: "wave.build" }],
  ["GET", "/v1alpha1/builds/<id>/condalock", "packages of the build", ID, { line: "current", needs: "wave.build" }],
  ["GET", "/v1alpha1/scans/<id>", "vulnerabilities that a scan found", ID, { needs: "wave.scan.enabled" }],
  ["GET", "/v1alpha1/scans/<id>/logs", "log of the scan", ID, { line: "current", needs: "wave.scan.enabled" }],
  ["GET", "/v1alpha1/scans/<id>/spdx", "packages of the image", ID, { line: "current", needs: "wave.scan.enabled" }],
  ["GET", "/v1alpha1/mirrors/<id>", "one copy of an image: who asked, log", ID, { line: "current", needs: "wave.mirror.enabled", personal: true }],
  ["GET", "/v1alpha1/mirrors/<id>/logs", "log of a copy", ID, { line: "current", needs: "wave.mirror.enabled" }],
  ["GET", "/view/builds/<id>", "the build as a page, with its log", ID, { needs: "wave.build", personal: true }],
  ["GET", "/view/containers/<token>", "the request as a page", RECORD, { personal: true }],
  ["GET", "/view/scans/<id>", "the scan as a page", ID, { needs: "wave.scan.enabled" }],
  ["GET", "/view/mirrors/<id>", "the copy as a page", ID, { line: "current", needs: "wave.mirror.enabled", personal: true }],
  ["GET", "/view/inspect?image=", "manifest and configuration of any image", NOTHING, { line: "current", asWave: true }],
  ["POST", "/v1alpha1/inspect", "manifest and configuration of any image", NOTHING, { asWave: true }],
  ["POST", "/validate-creds", "tries a login at a registry of the caller's choice", NOTHING, { line: "classic" }],
  ["POST", "/validate-creds", "tries a login at a registry of the caller's choice", SSRF, { line: "current" }],
  ["POST", "/v1alpha2/validate-creds", "the same", SSRF, { line: "current" }],
  ["POST", "/container-token", "asks for an image: starts builds, copies and scans", PLATFORM, { login: true }],
  ["POST", "/v1alpha2/container", "the same, as clients ask from Wave 1.6.0 on", PLATFORM, { login: true }],
  ["POST", "/view/scans", "asks for a scan of an image, as a stranger: refused as the request above", "it takes no token", { line: "current", needs: "wave.scan.enabled", login: true }],
  ["DELETE", "/container-token/<token>", "ends a request (not in 1.3.3)", "a login of Wave's own, which it has none of unless wave.auth or its database names one", { login: true }],
  ["WebSocket", "/pairing/<service>/token/<token>", "opens a session in the name of a Platform, which then answers for it", NOTHING],
];

/** Paths that strangers may try. Those of style sheets and pictures are left out. */
export const WAVE_PATHS: readonly WavePath[] = PATHS.map(
  ([method, path, does, limit, more]) => ({
    ...{ method, path, does, limit, login: false },
    ...more,
  }),
);
