import { render } from "../../../modules/wave/rendered/rendered";
import { currentSettings } from "../../support/settings";
import { inConfig, testBroken } from "../../support/rendered";

const FILE = "manifests/wave/current/config.yml: ";
const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const build = (...steps: string[]) => inConfig("wave", "build", ...steps);

const parts = render(currentSettings());

describe("builds", () => {
  const selector = (platform: string) => build("k8s", "nodeSelector", platform);
  testBroken(parts, [
    [
      "VR-32, CFG-R3: no nodes for noarch",
      selector("noarch"),
      undefined,
      `${FILE}wave.build.k8s.nodeSelector.noarch`,
      ["service=wave-build", "(VR-32)"],
    ],
    [
      "VR-32: a label of no group",
      selector("linux/amd64"),
      "service=build",
      `${FILE}wave.build.k8s.nodeSelector.linux/amd64`,
      ["(VR-32)"],
    ],
    [
      "VR-32, INF-14: arm64 without its group",
      selector("linux/arm64"),
      "service=wave-build-arm64",
      `${FILE}wave.build.k8s.nodeSelector.linux/arm64`,
      ["wave.build.arm64 with its node group"],
    ],
    [
      "VR-27: a workspace outside the mount",
      build("workspace"),
      "/efs/wave-2/build",
      `${FILE}wave.build.workspace`,
      ["(VR-27)"],
    ],
    [
      "VR-29, CFG-R1: no login for the host of the repository",
      inConfig("wave", "registries"),
      undefined,
      [
        `${FILE}wave.registries.${ECR}.username`,
        `${FILE}wave.registries.${ECR}.password`,
        "role server: statement AssumeEcrRole",
      ],
      ["no credentials for this host", "(VR-29)"],
    ],
    [
      "VR-29: a user that is no role ARN",
      inConfig("wave", "registries", ECR, "username"),
      "AWS",
      [
        `${FILE}wave.registries.${ECR}.username`,
        "role server: statement AssumeEcrRole",
      ],
      ["AWS | the ARN of the ECR role", "(VR-29)"],
    ],
    [
      "VR-29: an external id that the role does not ask for",
      inConfig("wave", "registries", ECR, "password"),
      "wave-prod",
      `${FILE}wave.registries.${ECR}.password`,
      ["wave.current.ecrExternalId", "(VR-29)"],
    ],
    [
      "VR-31, CFG-08: another repository",
      build("repo"),
      `${ECR}/other/build`,
      `${FILE}wave.build.repo`,
      ["wave-prod/build", "(VR-31)"],
    ],
    [
      "VR-31, CFG-09: a cache that the settings do not name",
      build("cache"),
      "s3://bucket/cache",
      [`${FILE}wave.build.cache`, `${FILE}wave.build.cache-bucket-region`],
      ["wave-prod/cache", "(VR-31, CFG-09)"],
    ],
    [
      "VR-34, DEC-32: Wave drops a trusted user's pull",
      inConfig("micronaut", "server", "idle-timeout"),
      "910s",
      `${FILE}micronaut.server.idle-timeout`,
      ["1500s or more", "(VR-34)"],
    ],
    [
      "VR-34, DEC-32: the load balancer drops a trusted user's pull",
      [
        ...["objects", "ingress", "metadata", "annotations"],
        "alb.ingress.kubernetes.io/load-balancer-attributes",
      ],
      "idle_timeout.timeout_seconds=910",
      "Ingress wave-ingress: idle_timeout.timeout_seconds",
      ["1500 or more", "(VR-34)"],
    ],
    [
      "VR-35: trusted builds shorter than others",
      build("trusted-timeout"),
      "10m",
      `${FILE}wave.build.trusted-timeout`,
      ["25m, and not below", "(VR-35)"],
    ],
    [
      "VR-36, CFG-R7: a quota below jobs + 5",
      ["objects", "quota", "spec", "hard", "pods"],
      "24",
      "ResourceQuota: pods",
      ["25 or more", "(VR-36)"],
    ],
    [
      "VR-36, CFG-R7: more jobs than the settings allow",
      inConfig("wave", "job-manager", "max-running-jobs"),
      100,
      `${FILE}wave.job-manager.max-running-jobs`,
      ["20", "(VR-36)"],
    ],
    [
      "VR-37, K8S-21: a quota without default requests",
      ["objects", "limitRange", "spec", "limit", 0, "defaultRequest", "cpu"],
      undefined,
      "LimitRange: default request of cpu",
      ["(VR-37)"],
    ],
    [
      "VR-37, CFG-14: a build without a limit",
      build("k8s", "resources", "limits"),
      undefined,
      `${FILE}wave.build.k8s.resources.limits.memory`,
      ["3600Mi", "(VR-37)"],
    ],
    [
      "VR-38, CFG-R8: an image without a version",
      inConfig("wave", "mirror", "skopeoImage"),
      "quay.io/skopeo/stable:latest",
      `${FILE}wave.mirror.skopeoImage`,
      ["other than latest", "(VR-38)"],
    ],
  ]);
});
