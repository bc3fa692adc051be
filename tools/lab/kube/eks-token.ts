const prefix = "k8s-aws-v1.";

/** Header that binds a token to one cluster; it has to be signed. */
const clusterHeader = "x-k8s-aws-id";

/** How long EKS takes a token after it was signed, in milliseconds: 15 minutes. */
const LIFETIME = 15 * 60_000;

/**
 * A token as `aws eks get-token` makes it: the presigned URL of a GetCallerIdentity call. The lab checks no signature, so
 * this one is none.
 * @param signed @default now
 */
export function eksToken(
  accessKey: string,
  region: string,
  signed = new Date(),
): string {
  const url = new URL(`https://sts.${region}.amazonaws.com/`);
  url.search = new URLSearchParams({
    Action: "GetCallerIdentity",
    Version: "2011-06-15",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKey}/20260101/${region}/sts/aws4_request`,
    "X-Amz-Date": signed.toISOString().replace(/[-:]|\.\d+/g, ""),
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": `host;${clusterHeader}`,
    "X-Amz-Signature": "0",
  }).toString();
  return prefix + Buffer.from(url.href).toString("base64url");
}

/** Access key that signed a token; undefined for anything that EKS would not take for one, and for one that has expired. */
export function accessKeyOf(token: string): string | undefined {
  if (!token.startsWith(prefix)) return undefined;
  const text = Buffer.from(token.slice(prefix.length), "base64url").toString();
  if (!URL.canParse(text)) return undefined;
  const { searchParams } = new URL(text);
  const signed = searchParams.get("X-Amz-SignedHeaders")?.split(";") ?? [];
  return searchParams.get("Action") === "GetCallerIdentity" &&
    signed.includes(clusterHeader) &&
    Date.now() - timeOf(searchParams.get("X-Amz-Date") ?? "") < LIFETIME
    ? searchParams.get("X-Amz-Credential")?.split("/")[0]
    : undefined;
}

/** `20260101T000000Z` in milliseconds; a text that is no time makes a token that has expired. */
const timeOf = (text: string): number =>
  Date.parse(
    text.replace(
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
      "$1-$2-$3T$4:$5:$6Z",
    ),
  ) || 0;
