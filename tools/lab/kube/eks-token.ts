const prefix = "k8s-aws-v1.";

/** Header that binds a token to one cluster; it has to be signed. */
const clusterHeader = "x-k8s-aws-id";

/**
 * A token as `aws eks get-token` makes it: the presigned URL of a GetCallerIdentity call. The lab checks no signature, so
 * this one is none.
 */
export function eksToken(accessKey: string, region: string): string {
  const url = new URL(`https://sts.${region}.amazonaws.com/`);
  url.search = new URLSearchParams({
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKey}/20260101/${region}/sts/aws4_request`,
    "X-Amz-Date": "20260101T000000Z",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": `host;${clusterHeader}`,
    "X-Amz-Signature": "0",
  }).toString();
  return prefix + Buffer.from(url.href).toString("base64url");
}

/** Access key that signed a token; undefined for anything that EKS would not take for one. */
export function accessKeyOf(token: string): string | undefined {
  if (!token.startsWith(prefix)) return undefined;
  const text = Buffer.from(token.slice(prefix.length), "base64url").toString();
  if (!URL.canParse(text)) return undefined;
  const { searchParams } = new URL(text);
  const signed = searchParams.get("X-Amz-SignedHeaders")?.split(";") ?? [];
  return searchParams.get("Action") === "GetCallerIdentity" &&
    signed.includes(clusterHeader)
    ? searchParams.get("X-Amz-Credential")?.split("/")[0]
    : undefined;
}
