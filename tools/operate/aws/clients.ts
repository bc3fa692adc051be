import {
  fromNodeProviderChain,
  fromTemporaryCredentials,
} from "@aws-sdk/credential-providers";
import { type Target } from "../target";

/** How long a client waits, in milliseconds, and how often it asks. */
export interface Patience {
  readonly connectMs: number;
  readonly answerMs: number;
  readonly maxAttempts: number;
}

const PATIENCE: Patience = {
  connectMs: 5000,
  answerMs: 20_000,
  maxAttempts: 3,
};

/** How a client of the SDK is made for an environment. */
export interface ClientOptions {
  readonly region: string;
  readonly credentials: ReturnType<typeof fromNodeProviderChain>;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    /** Without it the SDK only warns. */
    readonly throwOnRequestTimeout: true;
  };
}

/** The AWS of an environment. */
export interface AwsAccess {
  readonly region: string;
  readonly accountId: string;
  /** For parts of the SDK that are no client. */
  readonly credentials: ClientOptions["credentials"];
  /** A client, in the region of the environment or another one. */
  client<T>(type: new (options: ClientOptions) => T, region?: string): T;
}

/**
 * AWS as whoever runs the command sees it: the default chain of credentials, and with `access.assumeRole` the deployer's role.
 * `AWS_ENDPOINT_URL` leads elsewhere, as in every program of AWS.
 */
export function awsOf(
  { settings: { region, accountId, access } }: Pick<Target, "settings">,
  { connectMs, answerMs, maxAttempts }: Patience = PATIENCE,
): AwsAccess {
  const assumed = access.assumeRole;
  const own = fromNodeProviderChain();
  const requestHandler = {
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
  } as const;
  const credentials =
    assumed === undefined
      ? own
      : fromTemporaryCredentials({
          masterCredentials: own,
          clientConfig: { region, maxAttempts, requestHandler },
          params: {
            RoleArn: assumed.roleArn,
            ExternalId: assumed.externalId,
            RoleSessionName: "wave-eks",
          },
        });
  return {
    region,
    accountId,
    credentials,
    client: (type, elsewhere) =>
      new type({
        region: elsewhere ?? region,
        credentials,
        maxAttempts,
        requestHandler,
      }),
  };
}
