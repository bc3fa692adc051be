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

const TOKEN = "the token of a request, which expires";
const RECORD = "the token of a request, of one that expired too";
const ID =
  "the id, which is made of a checksum of what was asked for, and is no secret";

/** Paths that strangers may try. Those of style sheets and pictures are left out. */
export const WAVE_PATHS: readonly WavePath[] = [
  get("/service-info", "version and commit of Wave", "nothing"),
  get("/ping", "that Wave runs", "nothing", { line: "classic" }),
  get("/openapi/", "the description of Wave's API", "nothing", {
    line: "current",
  }),
  get(
    "/",
    "leads to a page of the operator, or says that there is none",
    "nothing",
  ),
  get("/v2/", "says that this is a registry", "nothing"),
  get(
    "/v2/wt/<token>/<image>",
    "layers and manifest of one request's image",
    TOKEN,
  ),
  get(
    "/v2/<registry>/<image>",
    "layers and manifest of any image",
    "rate limits of pulls by address",
    { asWave: true },
  ),
  get(
    "/container-token/<token>",
    "one request: who asked, from where, for what",
    RECORD,
    { personal: true },
  ),
  get(
    "/v1alpha2/container/<id>",
    "the same, by its id",
    "the id of a request, made at random",
    { line: "current", personal: true },
  ),
  get(
    "/v1alpha2/container/<id>/status",
    "whether its image is ready",
    "the id of a request, made at random",
    { line: "current" },
  ),
  get(
    "/v1alpha1/builds/<id>",
    "one build: its container file, who asked, from where",
    ID,
    { personal: true, needs: "wave.build" },
  ),
  get("/v1alpha1/builds/<id>/logs", "log of the build", ID, {
    needs: "wave.build",
  }),
  get("/v1alpha1/builds/<id>/status", "whether it ended", ID, {
    needs: "wave.build",
  }),
  get("/v1alpha1/builds/<id>/condalock", "packages of the build", ID, {
    line: "current",
    needs: "wave.build",
  }),
  get("/v1alpha1/scans/<id>", "vulnerabilities that a scan found", ID, {
    needs: "wave.scan.enabled",
  }),
  get("/v1alpha1/scans/<id>/logs", "log of the scan", ID, {
    line: "current",
    needs: "wave.scan.enabled",
  }),
  get("/v1alpha1/scans/<id>/spdx", "packages of the image", ID, {
    line: "current",
    needs: "wave.scan.enabled",
  }),
  get("/v1alpha1/mirrors/<id>", "one copy of an image: who asked, log", ID, {
    line: "current",
    personal: true,
    needs: "wave.mirror.enabled",
  }),
  get("/v1alpha1/mirrors/<id>/logs", "log of a copy", ID, {
    line: "current",
    needs: "wave.mirror.enabled",
  }),
  get("/view/builds/<id>", "the build as a page, with its log", ID, {
    personal: true,
    needs: "wave.build",
  }),
  get("/view/containers/<token>", "the request as a page", RECORD, {
    personal: true,
  }),
  get("/view/scans/<id>", "the scan as a page", ID, {
    needs: "wave.scan.enabled",
  }),
  get("/view/mirrors/<id>", "the copy as a page", ID, {
    line: "current",
    personal: true,
    needs: "wave.mirror.enabled",
  }),
  get(
    "/view/inspect?image=",
    "manifest and configuration of any image",
    "nothing",
    { line: "current", asWave: true },
  ),
  {
    path: "/v1alpha1/inspect",
    method: "POST",
    does: "manifest and configuration of any image",
    login: false,
    asWave: true,
    limit: "nothing",
  },
  {
    path: "/validate-creds",
    method: "POST",
    does: "tries a login at a registry of the caller's choice",
    login: false,
    limit:
      "the current line refuses private addresses (wave.security.ssrf-protection)",
  },
  {
    path: "/v1alpha2/validate-creds",
    method: "POST",
    does: "the same",
    login: false,
    limit: "private addresses are refused (wave.security.ssrf-protection)",
    line: "current",
  },
  {
    path: "/container-token",
    method: "POST",
    does: "asks for an image: starts builds, copies and scans",
    login: true,
    limit: "a token of Platform; rate limits of builds by user",
  },
  {
    path: "/v1alpha2/container",
    method: "POST",
    does: "the same, as clients ask from Wave 1.6.0 on",
    login: true,
    limit: "a token of Platform; rate limits of builds by user",
  },
  {
    path: "/view/scans",
    method: "POST",
    does: "asks for a scan of an image, as a stranger: refused as the request above",
    login: true,
    limit: "it takes no token",
    line: "current",
    needs: "wave.scan.enabled",
  },
  {
    path: "/container-token/<token>",
    method: "DELETE",
    does: "ends a request",
    login: true,
    limit:
      "a login of Wave's own, which it has none of unless wave.auth or its database names one",
  },
  {
    path: "/pairing/<service>/token/<token>",
    method: "WebSocket",
    does: "opens a session in the name of a Platform, which then answers for it",
    login: false,
    limit: "nothing",
  },
];

function get(
  path: string,
  does: string,
  limit: string,
  rest: Partial<WavePath> = {},
): WavePath {
  return { path, method: "GET", does, login: false, limit, ...rest };
}
