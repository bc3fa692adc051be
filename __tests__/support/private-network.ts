import { ecrRegistry } from "../../modules/lib/ecr-registry";
import { type SettingsChange } from "./settings";

const image = (name: string): string =>
  `${ecrRegistry("123456789012", "eu-central-1")}/${name}`;

/** A VPC without internet gateway, and all that it asks of the rest of the settings. */
export const WITHOUT_INTERNET: SettingsChange = {
  network: { internet: false },
  charts: {
    efsCsiDriver: {
      image: image("efs-csi-driver:v3.4.1"),
      livenessProbeImage: image("livenessprobe:v2.19.0"),
      nodeDriverRegistrarImage: image("node-driver-registrar:v2.17.0"),
      provisionerImage: image("csi-provisioner:v6.3.0"),
    },
    clusterAutoscaler: { image: image("cluster-autoscaler:v1.36.1") },
    loadBalancerController: { image: image("load-balancer-controller:v3.5.0") },
  },
  wave: {
    ingress: { scheme: "internal" },
    scan: { enabled: false },
    image: { repository: image("wave") },
    images: {
      surrealdb: image("surrealdb:v1.5.4"),
      upload: image("aws-cli:2.31.0"),
      sweep: image("kubectl:v1.36.0"),
      kaniko: image("kaniko:v1.19.2"),
    },
  },
};

/** The images that only the current line starts, and without those of the classic one. */
export const WITHOUT_INTERNET_CURRENT: SettingsChange = {
  ...WITHOUT_INTERNET,
  wave: {
    ...WITHOUT_INTERNET.wave,
    images: {
      sweep: image("kubectl:v1.36.0"),
      buildkit: image("buildkit:v0.25.2-rootless"),
      singularity: image("singularity:v4.2.1-r4"),
      singularityInit: image("busybox:1.37.0"),
      skopeo: image("skopeo:v1.20.0"),
    },
  },
};
