import { type WaveEnvironment } from "../release/release";
import { buildSections } from "./config-builds";
import { proxySection } from "./proxy-options";
import { registries } from "./config-registries";
import { hasBuilds, mailOf } from "../release/line";
import { rateLimits } from "../release/line-defaults";
import { type WaveInputs } from "../objects/objects";
import { type Section } from "./section";

/** Parts of `config.yml` that exist only when the settings ask for them; an absent key leaves Wave's own default. */
export function optionalSections(
  settings: WaveEnvironment,
  { data, identity }: Pick<WaveInputs, "data" | "identity">,
): Section[] {
  return [
    mail(settings),
    registries(settings, identity),
    ...(hasBuilds(settings) ? buildSections(settings, data) : []),
    rateLimit(settings),
    license(settings),
    jumpRole(settings),
    tokenWatcher(settings),
    eventLoop(settings),
    proxySection(settings),
  ].filter((section) => section !== undefined);
}

/** Sender of mails; goes with the environments `mail` and `aws-ses`. */
function mail(settings: WaveEnvironment): Section | undefined {
  const mail = mailOf(settings);
  return mail && { mail: { from: mail.sender } };
}

/** What one client may ask for; goes with the environment `rate-limit`. One key only works in camel case. */
function rateLimit(settings: WaveEnvironment): Section | undefined {
  const rates = rateLimits(settings);
  if (rates === undefined) return undefined;
  const { timeoutErrorsMaxRate } = rates;
  const limits: Section = {
    pull: {
      anonymous: rates.pullAnonymous,
      authenticated: rates.pullAuthenticated,
    },
    build: {
      anonymous: rates.buildAnonymous,
      authenticated: rates.buildAuthenticated,
    },
    httpRequest: { "limit-for-period": rates.httpRequest },
  };
  if (timeoutErrorsMaxRate !== undefined)
    limits["timeout-errors"] = { "max-rate": timeoutErrorsMaxRate };
  return { "rate-limit": limits };
}

/** Server that the licence of a Platform is checked with when it pairs. By itself a wrong one would be logged, and let in. */
function license({ wave }: WaveEnvironment): Section | undefined {
  if (wave.licenseServerUrl === undefined) return undefined;
  return {
    license: { server: { url: wave.licenseServerUrl } },
    wave: { closeSessionOnInvalidLicenseToken: true },
  };
}

/** The role of another account through which Wave reaches registries there. */
function jumpRole({ wave }: WaveEnvironment): Section | undefined {
  const { jumpRoleArn, jumpExternalId } = wave.current;
  if (jumpRoleArn === undefined) return undefined;
  const aws: Section = { "jump-role-arn": jumpRoleArn };
  if (jumpExternalId !== undefined) aws["jump-external-id"] = jumpExternalId;
  return { wave: { aws } };
}

/** Renewal of tokens while their run goes on. */
function tokenWatcher({ wave }: WaveEnvironment): Section | undefined {
  const enabled = wave.current.tokenWatcher;
  return enabled === undefined
    ? undefined
    : { wave: { tokens: { watcher: { enabled } } } };
}

/** Threads of Netty's event loop. */
function eventLoop({ wave }: WaveEnvironment): Section | undefined {
  const { eventLoopThreads } = wave.current;
  if (eventLoopThreads === undefined) return undefined;
  const threads = { default: { "num-threads": eventLoopThreads } };
  return { micronaut: { netty: { "event-loops": threads } } };
}
