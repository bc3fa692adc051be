import { Sha256 } from "@aws-crypto/sha256-js";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { SignatureV4 } from "@smithy/signature-v4";
import { request } from "node:https";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { dnsSuffixOf } from "../../../modules/lib/aws-partition";
import { type Target } from "../target";
import { type AwsAccess, awsOf } from "../aws/clients";

/** What is needed to talk to the API of a cluster. */
export interface ClusterLogin {
  readonly name: string;
  /** `https://…`. */
  readonly endpoint: string;
  /** In PEM. */
  readonly certificateAuthority: string;
  /** A secret, for 15 minutes. */
  readonly token: string;
}

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  /** The parsed body; the text where it is no JSON. */
  readonly body: unknown;
}

/**
 * The login of the environment's cluster: its endpoint as EKS says it, and a token of the caller.
 *
 * @throws the error of EKS, such as ResourceNotFoundException before the first deploy.
 */
export async function clusterLogin(
  target: Pick<Target, "settings">,
): Promise<ClusterLogin> {
  const aws = awsOf(target);
  const name = clusterNameOf(target.settings);
  const { cluster } = await aws
    .client(EKSClient)
    .send(new DescribeClusterCommand({ name }));
  return {
    name,
    endpoint: cluster?.endpoint ?? "",
    certificateAuthority: Buffer.from(
      cluster?.certificateAuthority?.data ?? "",
      "base64",
    ).toString(),
    token: await tokenFor(name, aws),
  };
}

/** As `aws eks get-token` makes it: the signed address of a GetCallerIdentity call that names the cluster. */
async function tokenFor(
  cluster: string,
  { region, credentials }: AwsAccess,
): Promise<string> {
  const hostname = `sts.${region}.${dnsSuffixOf(region)}`;
  const signer = new SignatureV4({
    service: "sts",
    region,
    credentials,
    sha256: Sha256,
  });
  const { query = {} } = await signer.presign(
    {
      method: "GET",
      protocol: "https:",
      hostname,
      path: "/",
      query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
      headers: { host: hostname, "x-k8s-aws-id": cluster },
    },
    { expiresIn: 60, unhoistableHeaders: new Set(["x-k8s-aws-id"]) },
  );
  const url = new URL(`https://${hostname}/`);
  url.search = new URLSearchParams(query as Record<string, string>).toString();
  return `k8s-aws-v1.${Buffer.from(url.href).toString("base64url")}`;
}

/** How the API is asked. */
export interface ApiCall {
  /** @default "GET" */
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** @default "application/json" */
  readonly contentType?: string;
  /** Longest wait, in milliseconds. @default 20000 */
  readonly timeoutMs?: number;
}

/**
 * One question to the API of a cluster.
 *
 * @param path Such as `/api/v1/namespaces/wave/pods`.
 * @throws Error when it does not answer.
 */
export function askCluster(
  { endpoint, certificateAuthority, token }: ClusterLogin,
  path: string,
  {
    method = "GET",
    body,
    contentType = "application/json",
    timeoutMs = 20_000,
  }: ApiCall = {},
): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, endpoint),
      {
        method,
        ca: certificateAuthority,
        timeout: timeoutMs,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(body !== undefined && { "content-type": contentType }),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          const text = Buffer.concat(parts).toString();
          resolve({ status: answer.statusCode ?? 0, body: parsed(text) });
        });
        answer.on("error", reject);
      },
    );
    asked.on("timeout", () => {
      asked.destroy(new Error(`${endpoint} gave no answer`));
    });
    asked.on("error", reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
