import { COPY, EVERY, type Product, READ, UNDATED, undated } from "./product";

const npm = (name: string, usedFor: string): Product =>
  undated(name, usedFor, "npmjs.com: page of the package");

const binding = (provider: string): Product => ({
  subject: `@cdktf/provider-${provider}`,
  usedFor: `classes of the Terraform provider ${provider}`,
  source:
    "HashiCorp, deprecation of CDK for Terraform; the package says it too",
  read: READ,
  ends: { [EVERY]: "2025-12-10" },
  kept: {
    [EVERY]:
      "Generated code that only a synth runs; it ended with CDKTF (ADR 1).",
  },
});

const cdktf = (name: string, usedFor: string): Product => ({
  subject: name,
  usedFor,
  source:
    "HashiCorp, Terraform documentation, CDK for Terraform: deprecation announcement",
  read: READ,
  ends: { [EVERY]: "2025-12-10" },
  kept: {
    [EVERY]:
      "Ends up in no running system: what is deployed is its JSON, which Terraform reads alone. Exits are that JSON and the fork cdktn (ADR 1).",
  },
});

/** Packages of npm, for the support table. */
export const PACKAGES: readonly Product[] = [
  cdktf("cdktf", "the stacks"),
  cdktf("cdktf-cli", "cdktf deploy"),
  binding("aws"),
  binding("kubernetes"),
  binding("helm"),
  npm("constructs", "the tree below the stacks"),
  npm("zod", "settings: shape and defaults"),
  npm("yaml", "settings and manifests"),
  npm("semver", "comparison of versions"),
  npm("ipaddr.js", "address ranges"),
  npm("cli-table3", "tables of the lab and the audit"),
  npm("fast-xml-parser", "answers of the emulated AWS"),
  npm("find-my-way", "routes of the emulated AWS"),
  npm("tar", "archives of the lab"),
  npm("esbuild", "bundle of the app command"),
  npm("typescript", "types"),
  npm("typescript-eslint", "lint"),
  {
    subject: "eslint",
    usedFor: "lint",
    source: `ESLint, version support: 10 has no end yet (${COPY})`,
    read: READ,
    ends: { "10": UNDATED },
  },
  npm("prettier", "format"),
  npm("jest", "tests"),
  npm("@swc/jest", "tests"),
  npm("@swc/core", "tests"),
  npm("@types/jest", "types"),
  npm("@types/node", "types"),
  npm("@types/semver", "types"),
  npm("dependency-cruiser", "directions of imports"),
  npm("fast-check", "tests with random settings"),
  npm("@cloud-copilot/iam-simulate", "tests of IAM policies"),
  npm("kubernetes-models", "tests of Kubernetes objects"),
];
