// What a user runs or chooses, and until when its maker supports it. One entry for each thing; docs/versions.md shows the
// whole, and CONTRIBUTING.md says how to raise a version. Plain data, for a synth reads it.
//
// How to read a date again: look at `source`, write the date and the day you looked. A date without a source is worse than
// none. Where a page was read through endoflife.date, which copies it every day, the source says so.

import { PACKAGES } from "./packages";
import { PROGRAMS } from "./programs";
import { COPY, EVERY, type Product, READ, UNDATED, undated } from "./product";

const UPGRADE = "docs/upgrade/classic-to-current.md";

const addOn = (name: string, usedFor: string): Product =>
  undated(
    `EKS add-on ${name}`,
    usedFor,
    "AWS, EKS user guide, Amazon EKS add-ons",
  );

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
  addOn(
    "amazon-cloudwatch-observability",
    "logs and metrics of pods and nodes, by setting",
  ),
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
    subject: "Amazon ElastiCache for Valkey",
    usedFor: "stores of services",
    source: `AWS, ElastiCache user guide, engine versions (${COPY})`,
    read: READ,
    ends: { "7": UNDATED, "8": UNDATED, "9": UNDATED },
  },
  {
    subject: "Amazon RDS for PostgreSQL",
    usedFor: "records of Wave's current line, and of Prefect and the EMG API",
    source: `AWS, RDS for PostgreSQL release notes, release calendars (${COPY})`,
    read: READ,
    ends: { "16": "2029-02-28", "17": "2030-02-28", "18": "2031-02-28" },
  },
  {
    subject: "Wave, classic line",
    usedFor: "the service, 1.3.3 to 1.7.9",
    source: "GitHub, seqeralabs/wave: releases",
    read: READ,
    ends: { [EVERY]: UNDATED },
    kept: {
      [EVERY]: {
        why: "For those who have it: its newest release, 1.7.9, is of 2024-05-29. The current line is recommended.",
        exit: `wave.version 1.33.0 or later: ${UPGRADE}`,
      },
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
    source: "SurrealDB, releases: newest of 1.5 is 1.5.6 of 2024-11-12",
    read: READ,
    ends: { "1.5": UNDATED },
    kept: {
      "1.5": {
        why: "Wave's classic line speaks no other. It is reached from Wave and its export only.",
        exit: `it goes with the classic line: ${UPGRADE}`,
      },
    },
  },
  {
    subject: "Kaniko",
    usedFor: "builds, classic line",
    source: "GitHub, GoogleContainerTools/kaniko, pull request 3502",
    read: READ,
    ends: { [EVERY]: "2025-06-03" },
    kept: {
      [EVERY]: {
        why: "Wave's classic line starts no other builder; wave.images.kaniko names a mirror.",
        exit: `wave.version 1.33.0 or later builds with BuildKit: ${UPGRADE}`,
      },
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
  undated(
    "Flux",
    "GitOps of the delivery platform",
    "Flux documentation, releases: support policy",
  ),
  undated(
    "F5 NGINX Ingress Controller",
    "ingress of class nginx",
    "GitHub, nginx/kubernetes-ingress: releases",
  ),
  undated(
    "cert-manager",
    "certificates of Let's Encrypt",
    "cert-manager.io: Supported Releases",
  ),
  undated(
    "external-dns",
    "records of services",
    "GitHub, kubernetes-sigs/external-dns: releases",
  ),
  undated(
    "chart nginx-ingress",
    "the NGINX Ingress Controller of F5, for delivery.ingress.class nginx",
    "GitHub, nginx/kubernetes-ingress: releases",
  ),
  undated(
    "chart cert-manager",
    "certificates of Let's Encrypt, for delivery.tls.kind letsencrypt",
    "cert-manager.io: Supported Releases",
  ),
  undated(
    "chart external-dns",
    "records of services, for delivery.dns.owner external-dns",
    "GitHub, kubernetes-sigs/external-dns: releases",
  ),
  undated(
    "Prefect",
    "server of flows",
    "docs.prefect.io, release notes, versioning",
  ),
  undated(
    "oauth2-proxy",
    "login to Prefect by GitHub",
    "GitHub, oauth2-proxy/oauth2-proxy: releases",
  ),
  {
    subject: "nginx",
    usedFor: "login of workers to Prefect; image nginx-unprivileged",
    source: `nginx.org, download: a stable branch ends with the next one (${COPY})`,
    read: "2026-11-28",
    ends: { "1.29": "2026-05-13", "1.30": UNDATED, "1.31": UNDATED },
  },
  {
    subject: "PostgreSQL client",
    usedFor: "databases and users of Prefect and the EMG API; image postgres",
    source: `PostgreSQL, versioning policy (${COPY})`,
    read: "2026-11-28",
    ends: { "17": "2029-11-08", "18": "2030-11-14" },
  },
  undated(
    "EMG API",
    "application of emg.api, in an image that its users build",
    "GitHub, EBI-Metagenomics/emgapi-v2",
  ),
  ...PROGRAMS,
  ...PACKAGES,
];
