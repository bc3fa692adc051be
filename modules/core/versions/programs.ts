import { ADR_1, LIVING, type Product, READ, UNDATED } from "./product";

const TODAY = "2026-11-28";

/** Nobody names an end for a release of a Terraform provider; `source` is what its maker says of old ones. */
const provider = (
  name: string,
  usedFor: string,
  source: string,
  more: Pick<Product, "ends" | "kept">,
): Product => ({
  subject: `Terraform provider ${name}`,
  usedFor,
  source,
  read: TODAY,
  ...more,
});

/** What plans, applies and synthesizes, for the support table: chosen with a lane. */
export const PROGRAMS: readonly Product[] = [
  {
    subject: "Terraform",
    usedFor: "plan and apply",
    source:
      "HashiCorp, support period and end-of-life policy: fixes for the two newest minors. 1.16.0 is of the end of August 2026; of 1.17, which ends 1.15, a release candidate was seen",
    read: TODAY,
    ends: { "1.11": "2025-08-20", "1.15": UNDATED, "1.16": UNDATED },
    kept: {
      "1.11": {
        why: "From 1.12 on a create that timed out breaks every later run with the kubernetes provider 2.38.0, which CDKTF pins.",
        exit: `${LIVING}: Terraform 1.16 or OpenTofu 1.12 instead, with newer providers (${ADR_1})`,
      },
    },
  },
  {
    subject: "OpenTofu",
    usedFor: "plan and apply, in the place of Terraform",
    source: "OpenTofu, first line of the changelog of each minor",
    read: TODAY,
    ends: { "1.12": "2027-02-01", "1.13": "2027-08-01" },
  },
  provider(
    "aws",
    "everything in AWS",
    "HashiCorp, FAQ of the provider: fixes go to the newest major, in its next release; for older ones only security, case by case",
    { ends: { "6": UNDATED } },
  ),
  provider(
    "kubernetes",
    "everything in the cluster",
    "GitHub, hashicorp/terraform-provider-kubernetes: no word on old majors; 3.0.0 is of 2025-12-03, and 2.x has had no release since 2.38.0 of 2025-07-21",
    {
      ends: { "2": UNDATED, "3": UNDATED },
      kept: {
        "2": {
          why: "The newest of the major that CDKTF's last classes name; 3.0.0 is of 2025-12-03.",
          exit: `${LIVING}: 3.2.1 instead (${ADR_1})`,
        },
      },
    },
  ),
  provider(
    "helm",
    "the charts",
    "GitHub, hashicorp/terraform-provider-helm: no word on old majors; 3 is the newest",
    { ends: { "3": UNDATED } },
  ),
  {
    subject: "Node.js",
    usedFor: "synth, tests and lab",
    source: "Node.js Release Working Group, release schedule",
    read: READ,
    ends: { "20": "2026-04-30", "22": "2027-04-30", "24": "2028-04-30" },
    kept: {
      "20": {
        why: "Accepted in lane card, for machines that have it: CDKTF runs on it. Nothing of Node.js is deployed.",
        exit: "install the version of .nvmrc",
      },
    },
  },
];
