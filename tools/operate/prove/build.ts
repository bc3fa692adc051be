import { hasFeature } from "../../../modules/wave/release/feature-versions";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { type Check } from "../../../modules/wave/smoke-test/checks";
import { type Reply, ask, isAnswer } from "../verify/ask";
import { type Target } from "../verify/target";

/** How a build ended. */
export interface Build {
  readonly outcome: "passed" | "failed" | "not run";
  readonly detail: string;
}

/** An image that nobody has built: the layer holds the moment. */
const containerFile = (moment: string): string =>
  `FROM public.ecr.aws/docker/library/busybox:stable\nRUN echo ${moment} > /proved\n`;

/** Of the API of a container request ("POST /v1alpha2/container" of https://docs.seqera.io/wave/api). */
interface Container {
  readonly requestId?: string;
  readonly buildId?: string;
}

interface Status {
  readonly status?: string;
  readonly succeeded?: boolean;
}

/** How the wait is done. */
export interface Waiting {
  /** Longest wait for the build, in seconds. @default 1200 */
  readonly seconds?: number;
  /** Between two questions, in milliseconds. @default 5000 */
  readonly everyMs?: number;
}

/**
 * Asks Wave to build an image that it cannot have, and waits until it has.
 *
 * @param token An access token of Seqera Platform. It is sent in the request and shown nowhere. Undefined: an anonymous
 * request, where the settings allow one.
 */
export async function buildOnce(
  { wave }: WaveSettings,
  target: Target,
  token: string | undefined,
  { seconds = 1200, everyMs = 5000 }: Waiting = {},
): Promise<Build> {
  const left = cannotBuild({ wave }, token);
  if (left !== undefined) return { outcome: "not run", detail: left };
  const asked = await ask(
    post({
      containerFile: Buffer.from(
        containerFile(new Date().toISOString()),
      ).toString("base64"),
      containerPlatform: "linux/amd64",
      towerEndpoint: wave.platform.apiUrl,
      ...(token !== undefined && { towerAccessToken: token }),
    }),
    target,
  );
  const { requestId, buildId } = documentOf(asked);
  if (requestId === undefined || buildId === undefined)
    return { outcome: "failed", detail: `no build was begun: ${said(asked)}` };
  const end = Date.now() + seconds * 1000;
  let last = "";
  while (Date.now() < end) {
    const reply = await ask(
      get(`/v1alpha2/container/${requestId}/status`),
      target,
    );
    const { status, succeeded } = documentOf(reply);
    if (status === "DONE")
      return {
        outcome: succeeded === true ? "passed" : "failed",
        detail: `build ${buildId} ${succeeded === true ? "succeeded" : "failed"}`,
      };
    last = status ?? said(reply);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return {
    outcome: "failed",
    detail: `build ${buildId} was not done in ${seconds} s; last: ${last}`,
  };
}

/** Why nothing can be built; undefined where it can. */
function cannotBuild(
  { wave }: Pick<WaveSettings, "wave">,
  token: string | undefined,
): string | undefined {
  if (wave.mode === "lite") return "Wave Lite builds nothing";
  if (!hasFeature(wave.version, "containerStatus"))
    return "Wave before 1.13.0 tells nobody without a session how a build stands: build one with wave-cli";
  if (token === undefined && !wave.allowAnonymous)
    return "no token: give one of Seqera Platform with --token-file";
  return undefined;
}

const post = (body: object): Check => ({
  ...get("/v1alpha2/container"),
  json: JSON.stringify(body),
});

/** The answer is read here, not compared. */
const get = (path: string): Check => ({
  name: "build",
  what: "a build",
  scheme: "https",
  path,
  expected: { status: 200 },
});

/** Both documents have none but optional fields. */
function documentOf(reply: Reply): Container & Status {
  if (!isAnswer(reply) || reply.status !== 200) return {};
  try {
    return JSON.parse(reply.body) as Container & Status;
  } catch {
    return {};
  }
}

const said = (reply: Reply): string =>
  isAnswer(reply)
    ? `${reply.status} ${reply.body.slice(0, 200)}`
    : `${reply.code} ${reply.message}`;
