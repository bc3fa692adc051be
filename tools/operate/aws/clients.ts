import {
  fromNodeProviderChain,
  fromTemporaryCredentials,
} from "@aws-sdk/credential-providers";
import { type Target } from "../target";

/** Longest wait for a connection and for an answer, in milliseconds. */
const CONNECT_MS = 5000;
const ANSWER_MS = 20_000;

/** How a client of the SDK is made for an environment. */
export interface ClientOptions {
  readonly region: string;
  readonly credentials: ReturnType<typeof fromNodeProviderChain>;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
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
export function awsOf({
  settings: { region, accountId, access },
}: Pick<Target, "settings">): AwsAccess {
  const assumed = access.assumeRole;
  const own = fromNodeProviderChain();
  const credentials =
    assumed === undefined
      ? own
      : fromTemporaryCredentials({
          masterCredentials: own,
          clientConfig: { region },
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
        maxAttempts: 3,
        requestHandler: {
          connectionTimeout: CONNECT_MS,
          requestTimeout: ANSWER_MS,
        },
      }),
  };
}
