import {
  ADR_1,
  EVERY,
  LIVING,
  type Product,
  UNDATED,
  undated,
} from "./product";

const READ = "2026-11-28";
const ARCHIVED = "HashiCorp, deprecation of CDK for Terraform";

/** What HashiCorp ended with CDK for Terraform. */
const cdktf = (
  subject: string,
  usedFor: string,
  { source = ARCHIVED, why, exit, synthOnly = true }: Ended,
): Product => ({
  subject,
  usedFor,
  source,
  read: READ,
  ends: { [EVERY]: "2025-12-10" },
  kept: { [EVERY]: { why, exit } },
  synthOnly,
});

interface Ended {
  readonly source?: string;
  readonly why: string;
  readonly exit: string;
  readonly synthOnly?: boolean;
}

/** Classes of a provider that nobody publishes any more. */
const lastBinding = (provider: string): Product =>
  cdktf(`@cdktf/provider-${provider}`, `classes of the provider ${provider}`, {
    source: `${ARCHIVED}; the package says it too`,
    why: "Generated classes that only a synth runs.",
    exit: `generate the classes, or take @cdktn/provider-${provider} once it is published; until then every lane has them (${ADR_1})`,
  });

const FORK =
  "Open Construct Foundation, FAQ of CDK Terrain: kept by volunteers, as their time allows; no support period";

const fork = (subject: string, usedFor: string): Product => ({
  ...undated(subject, usedFor, FORK),
  read: READ,
});

/**
 * Packages of npm that somebody chooses with a lane, or brings along for the library. The others are pinned by the lock
 * file and raised by whoever maintains this project; none of them is seen by who uses it.
 */
export const PACKAGES: readonly Product[] = [
  cdktf("cdktf", "the stacks", {
    why: "Ends up in no running system: what is deployed is its JSON, which Terraform reads alone.",
    exit: `${LIVING}: cdktn synthesizes instead, and nothing is edited; what the JSON and the plan change is in ${ADR_1}`,
  }),
  cdktf("cdktf-cli", "cdktf deploy", {
    why: "Starts Terraform and holds nothing: Terraform alone plans and applies the same JSON.",
    exit: `${LIVING}: cdktn-cli instead, from Node 22.19 on; or Terraform on the JSON (${ADR_1})`,
    synthOnly: false,
  }),
  cdktf("@cdktf/provider-aws", "classes of the provider aws", {
    source: `${ARCHIVED}; the package says it too`,
    why: "Generated classes that only a synth runs. They name the provider 6.25.0.",
    exit: `${LIVING}: @cdktn/provider-aws instead, with the provider 6.66.0 (${ADR_1})`,
  }),
  lastBinding("kubernetes"),
  lastBinding("helm"),
  fork("cdktn", "the stacks, in the place of cdktf"),
  fork("cdktn-cli", "cdktn deploy"),
  fork("@cdktn/provider-aws", "classes of the provider aws"),
  {
    subject: "constructs",
    usedFor: "the tree below the stacks",
    source: "AWS, constructs: 10 is the major of AWS CDK 2",
    read: READ,
    ends: { "10": UNDATED },
  },
];
