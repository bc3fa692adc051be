/** Regions whose DKIM keys stand below their own domain, as the AWS General Reference lists them (2026). */
const REGIONS_WITH_OWN_DKIM_DOMAIN: ReadonlySet<string> = new Set([
  "af-south-1",
  "ap-northeast-3",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "il-central-1",
  "me-central-1",
  "us-gov-east-1",
]);

/** What the CNAME records of Easy DKIM point below: `<token>.dkim.amazonses.com` in most regions. */
export function dkimDomainOf(region: string): string {
  return REGIONS_WITH_OWN_DKIM_DOMAIN.has(region)
    ? `dkim.${region}.amazonses.com`
    : "dkim.amazonses.com";
}
