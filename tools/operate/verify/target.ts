import { type Problem } from "../../../modules/lib/problem";

/** Where the requests go. */
export interface Target {
  /** Host name of Wave: the name that every request and the certificate carry, whatever the address. */
  readonly hostname: string;
  /** Address for the checks of each scheme. */
  readonly addresses: Readonly<Record<"https" | "http", URL>>;
  /** Options that named an address; without them the host name is the address. */
  readonly chosen: boolean;
  /** Wave is asked past the load balancer, through a port-forward. */
  readonly direct: boolean;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** Options of the command, as typed. */
export interface TargetOptions {
  readonly url?: string | undefined;
  readonly "http-url"?: string | undefined;
  readonly timeout?: string | undefined;
}

const DEFAULT_SECONDS = 10;
const MOST_SECONDS = 600;

/** The target that the options describe, or what is wrong with them. */
export function targetOf(
  hostname: string,
  options: TargetOptions,
): { target: Target } | { problems: Problem[] } {
  const url = addressOf(options.url, ["https:", "http:"]);
  const httpUrl = addressOf(options["http-url"], ["http:"]);
  const seconds = Number(options.timeout ?? DEFAULT_SECONDS);
  const problems = [
    ...wrongAddress("--url", options.url, url, "https://localhost:8443"),
    ...wrongAddress(
      "--http-url",
      options["http-url"],
      httpUrl,
      "http://localhost:8080",
    ),
    ...(seconds > 0 && seconds <= MOST_SECONDS
      ? []
      : [
          {
            path: "--timeout",
            given: `"${String(options.timeout)}"`,
            allowed: `seconds, more than 0 and up to ${MOST_SECONDS}`,
            fix: `write a number such as ${DEFAULT_SECONDS}`,
          },
        ]),
  ];
  if (problems.length > 0) return { problems };
  const first = url ?? new URL(`https://${hostname}`);
  return {
    target: {
      hostname,
      addresses: {
        https: first,
        // Another address with its own port says nothing about the port of http: 80, as on a load balancer.
        http: httpUrl ?? new URL(`http://${first.hostname}`),
      },
      chosen: url !== undefined || httpUrl !== undefined,
      direct: first.protocol === "http:",
      timeoutMs: seconds * 1000,
    },
  };
}

/** The address, when it has one of the schemes and nothing but host and port. */
function addressOf(
  text: string | undefined,
  schemes: readonly string[],
): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return schemes.includes(url.protocol) && url.href === `${url.origin}/`
    ? url
    : undefined;
}

const wrongAddress = (
  option: string,
  text: string | undefined,
  url: URL | undefined,
  example: string,
): Problem[] =>
  text === undefined || url !== undefined
    ? []
    : [
        {
          path: option,
          given: `"${text}"`,
          allowed: "scheme, host and port only",
          fix: `write an address such as ${example}`,
        },
      ];
