/** Where calls go, and the place and account they are made in. */
export interface Aws {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  readonly region: string;
  readonly accountId: string;
  /** Who calls. @default the lab itself */
  readonly accessKey?: string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Access key of the deployer; neither moto nor the emulator proxy checks signatures. */
export const accessKey = "AKIALABLABLABLABLAB0";

/** Access key of the Cluster Autoscaler: the policy of its role is asked. */
export const autoscalerKey = "AKIALABLABLABLABLAB1";

/** Access key of the owner of a VPC and a cluster that the deployer is given: nobody asks what it may do. */
export const ownerKey = "AKIALABLABLABLABLAB2";

/** Access key of somebody in another account, who has buckets there. */
export const strangerKey = "AKIALABLABLABLABLAB3";

/** Access key with which `wave-eks doctor` asks: the policies of the deployer are asked, and its calls can be told apart. */
export const doctorKey = "AKIALABLABLABLABLAB4";

/** Access key of the lab itself, which plays AWS, the operator and the controllers: no policy is asked. */
const labKey = "AKIALABLABLABLABLAB9";

/**
 * One signed-looking request: the emulator reads the service from the credential scope and does not check the signature.
 * @throws Error with service, request, status and body when the status is not 2xx.
 */
export async function awsRequest(
  aws: Aws,
  service: string,
  { method, path, headers, body }: Request,
): Promise<string> {
  const response = await fetch(`${aws.endpoint}${path}`, {
    method,
    body,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${aws.accessKey ?? labKey}/20260101/${aws.region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(
      `${service}: ${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`,
    );
  return text;
}

/** A query service: `Action=…` in a form. Answers XML. */
export function queryCall(
  aws: Aws,
  service: string,
  version: string,
  action: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  return awsRequest(aws, service, {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      Action: action,
      Version: version,
      ...parameters,
    }).toString(),
  });
}

export const ec2Call = (
  aws: Aws,
  action: string,
  parameters?: Readonly<Record<string, string>>,
): Promise<string> => queryCall(aws, "ec2", "2016-11-15", action, parameters);

export const iamCall = (
  aws: Aws,
  action: string,
  parameters?: Readonly<Record<string, string>>,
): Promise<string> => queryCall(aws, "iam", "2010-05-08", action, parameters);

/** A JSON service: `X-Amz-Target: <prefix>.<Operation>`. Answers the parsed body. */
export async function targetCall(
  aws: Aws,
  service: string,
  target: string,
  input: unknown = {},
): Promise<unknown> {
  const text = await awsRequest(aws, service, {
    method: "POST",
    path: "/",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": target,
    },
    body: JSON.stringify(input),
  });
  return text === "" ? {} : (JSON.parse(text) as unknown);
}

/** A REST service that speaks JSON. */
export async function restCall(
  aws: Aws,
  service: string,
  method: string,
  path: string,
  input?: unknown,
): Promise<unknown> {
  const text = await awsRequest(aws, service, {
    method,
    path,
    headers: { "content-type": "application/json" },
    body: input === undefined ? undefined : JSON.stringify(input),
  });
  return text === "" ? {} : (JSON.parse(text) as unknown);
}
