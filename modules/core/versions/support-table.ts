// Everything whose version this project chooses, and until when its maker supports it . One entry for each
// thing; docs/versions.md shows the whole, and CONTRIBUTING.md says how to raise a version. Plain data, for a synth reads it.
//
// How to read a date again: look at `source`, write the date and the day you looked. A date without a source is worse than
// none. Where a page was read through endoflife.date, which copies it every day, the source says so.

/** No end is known: endoflife.date has none, and the maker's page, where `source` says what it tells, neither. */
export const UNDATED = "no date found";

/** Stands for every version of a thing. */
export const EVERY = "*";

/** A thing with versions. */
export interface Product {
  /** As the versions that are found name it: a package, a chart, a service. */
  readonly subject: string;
  /** What this project does with it. */
  readonly usedFor: string;
  /** Page of the maker that has the dates, or would have. */
  readonly source: string;
  /** Day on which somebody looked there last. */
  readonly read: string;
  /** Last day of standard support, by release line: `1` stands for every 1.x, `1.36` for every 1.36.x. */
  readonly ends: Readonly<Record<string, string>>;
  /** Release lines that are kept although their support has ended or is nobody's: why. */
  readonly kept?: Readonly<Record<string, string>>;
}

const READ = "2026-11-21";
const COPY = "as endoflife.date had it on 2026-08-22";
const NO_COPY = "not in endoflife.date of 2026-08-22";

/** A thing that endoflife.date does not know; `page` is where its maker would say something. */
const undated = (subject: string, usedFor: string, page: string): Product => ({
  subject,
  usedFor,
  source: `${page} (${NO_COPY})`,
  read: READ,
  ends: { [EVERY]: UNDATED },
});

const addOn = (name: string, usedFor: string): Product =>
  undated(
    `EKS add-on ${name}`,
    usedFor,
    "AWS, EKS user guide, Amazon EKS add-ons",
  );

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

export const PRODUCTS: readonly Product[] = [
  {
    subject: "Amazon EKS",
    usedFor: "Kubernetes of the cluster and its nodes; the minors accepted",
    source: `AWS, EKS user guide, Kubernetes version lifecycle (${COPY})`,
    read: READ,
    ends: { "1.34": "2026-12-02", "1.35": "2027-03-27", "1.36": "2027-08-02" },
  },
  addOn("vpc-cni", "addresses of pods, and network policies"),
  addOn("kube-proxy", "addresses of services"),
  addOn("coredns", "host names inside the cluster"),
  addOn("metrics-server", "numbers for the autoscaler"),
  addOn("eks-pod-identity-agent", "AWS identities of pods"),
  {
    subject: "Amazon Linux",
    usedFor: "nodes, from the image that EKS makes for each minor",
    source: `AWS, Amazon Linux 2023 FAQs, long-term support (${COPY})`,
    read: READ,
    ends: { "2023": "2027-06-30" },
  },
  undated(
    "Bottlerocket",
    "nodes, by setting",
    "GitHub, bottlerocket-os/bottlerocket: releases",
  ),
  {
    subject: "Amazon ElastiCache for Redis OSS",
    usedFor: "Wave's queues and caches",
    source: `AWS, ElastiCache user guide, end of life schedule of engine versions (${COPY})`,
    read: READ,
    ends: { "6": "2027-01-31", "7": UNDATED },
  },
  {
    subject: "Amazon RDS for PostgreSQL",
    usedFor: "Wave's records, current line",
    source: `AWS, RDS for PostgreSQL release notes, release calendars (${COPY})`,
    read: READ,
    ends: { "16": "2029-02-28", "17": "2030-02-28", "18": "2031-02-28" },
  },
  {
    subject: "Wave, classic line",
    usedFor: "the service, 1.3.3 to 1.7.9",
    source: `GitHub, seqeralabs/wave: releases (${NO_COPY})`,
    read: READ,
    ends: { [EVERY]: UNDATED },
    kept: {
      [EVERY]:
        "For those who have it: its newest release, 1.7.9, is of 2024-05-29. The current line is recommended.",
    },
  },
  undated(
    "Wave, current line",
    "the service, 1.33.0 and later",
    "GitHub, seqeralabs/wave: releases",
  ),
  {
    subject: "SurrealDB",
    usedFor: "Wave's records, classic line",
    source: `SurrealDB, releases: newest of 1.5 is 1.5.6 of 2024-11-12 (${NO_COPY})`,
    read: READ,
    ends: { "1.5": UNDATED },
    kept: {
      "1.5":
        "Wave's classic line speaks no other. It is reached from Wave and its export only, and goes with the line.",
    },
  },
  {
    subject: "Kaniko",
    usedFor: "builds, classic line",
    source: "GitHub, GoogleContainerTools/kaniko, pull request 3502",
    read: READ,
    ends: { [EVERY]: "2025-06-03" },
    kept: {
      [EVERY]:
        "Wave's classic line starts no other builder; wave.images.kaniko names a mirror. The current line has BuildKit.",
    },
  },
  undated(
    "BuildKit",
    "builds, current line",
    "GitHub, moby/buildkit: releases",
  ),
  undated(
    "SingularityCE",
    "Singularity images",
    "GitHub, sylabs/singularity: releases",
  ),
  undated("BusyBox", "preparation of Singularity builds", "busybox.net"),
  undated("Trivy", "scans", "GitHub, aquasecurity/trivy: releases"),
  undated(
    "Skopeo",
    "copies of images, current line",
    "GitHub, containers/skopeo: releases",
  ),
  {
    subject: "kubectl",
    usedFor: "removal of what builds and pipelines leave behind",
    source: "Kubernetes, releases: pages of 1.36 and 1.37",
    read: READ,
    ends: { "1.36": "2027-06-28", "1.37": "2027-10-28" },
  },
  undated(
    "FUSE device plugin of Nextflow",
    "`/dev/fuse` for pipelines with Fusion",
    "Quay, nextflow/k8s-fuse-plugin: tags, as Seqera's guide for Fusion names them",
  ),
  undated(
    "AWS CLI",
    "upload of the SurrealDB export",
    "AWS, SDKs and Tools maintenance policy",
  ),
  undated(
    "chart aws-efs-csi-driver",
    "installation of the EFS CSI driver",
    "GitHub, kubernetes-sigs/aws-efs-csi-driver: releases",
  ),
  {
    subject: "Kubernetes CSI sidecars",
    usedFor: "parts of the EFS CSI driver, chosen by its chart",
    source: `Kubernetes CSI documentation, sidecar containers: no dates ahead (${COPY})`,
    read: READ,
    ends: { [EVERY]: UNDATED },
  },
  undated(
    "EFS CSI driver",
    "volumes of builds",
    "GitHub, kubernetes-sigs/aws-efs-csi-driver: releases",
  ),
  undated(
    "AWS Load Balancer Controller",
    "the load balancer",
    "GitHub, kubernetes-sigs/aws-load-balancer-controller: releases",
  ),
  undated(
    "chart aws-load-balancer-controller",
    "installation of the controller",
    "GitHub, kubernetes-sigs/aws-load-balancer-controller: releases",
  ),
  undated(
    "Cluster Autoscaler",
    "starts and removes build nodes",
    "GitHub, kubernetes/autoscaler: releases",
  ),
  undated(
    "chart cluster-autoscaler",
    "installation of the Cluster Autoscaler",
    "GitHub, kubernetes/autoscaler: releases",
  ),
  undated(
    "chart flux2",
    "installation of Flux; 2.18.3 is Flux 2.8, for Kubernetes to 1.35",
    "GitHub, fluxcd-community/helm-charts: releases; fluxcd.io: support of the three newest minors",
  ),
  {
    subject: "Terraform",
    usedFor: "plan and apply",
    source: `HashiCorp, support period and end-of-life policy: two minors (${COPY})`,
    read: READ,
    ends: { "1.11": "2025-08-20" },
    kept: {
      "1.11":
        "From 1.12 on a create that timed out breaks every later run with the kubernetes provider 2.38.0, which CDKTF pins.",
    },
  },
  undated(
    "Terraform provider aws",
    "everything in AWS",
    "GitHub, hashicorp/terraform-provider-aws: releases",
  ),
  undated(
    "Terraform provider kubernetes",
    "everything in the cluster",
    "GitHub, hashicorp/terraform-provider-kubernetes: releases",
  ),
  undated(
    "Terraform provider helm",
    "the charts",
    "GitHub, hashicorp/terraform-provider-helm: releases",
  ),
  {
    subject: "Node.js",
    usedFor: "synth, tests and lab",
    source: "Node.js Release Working Group, release schedule",
    read: READ,
    ends: { "20": "2026-04-30", "22": "2027-04-30", "24": "2028-04-30" },
    kept: {
      "20": "Runs where somebody synthesizes or tests, nowhere else, and everything here was tried with it. 22 and later are accepted (package.json, engines).",
    },
  },
  undated(
    "checkov",
    "npm run checkov, over the JSON and the lab's plans",
    "GitHub, bridgecrewio/checkov: releases",
  ),
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
