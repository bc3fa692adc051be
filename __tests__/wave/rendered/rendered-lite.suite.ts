import { render } from "../../../modules/wave/rendered/rendered";
import { currentSettings, liteSettings } from "../../support/settings";
import {
  inConfig,
  inContainer,
  inPod,
  inVariable,
  testBroken,
} from "../../support/rendered";

const FILE = "manifests/wave/lite/config.yml: ";
const ENVIRONMENTS = "Deployment wave: env MICRONAUT_ENVIRONMENTS";
const environments = inVariable("wave", "MICRONAUT_ENVIRONMENTS", "value");

const parts = render(liteSettings());
const full = render(currentSettings());

describe("VR-13: nothing of builds", () => {
  testBroken(parts, [
    [
      "a key of builds",
      inConfig("wave", "build"),
      { enabled: false },
      `${FILE}wave.build.enabled`,
      ["only keys that Wave Lite reads", "(VR-04, VR-13)"],
    ],
    [
      "a key of scans",
      inConfig("wave", "scan"),
      { enabled: false },
      `${FILE}wave.scan.enabled`,
      ["(VR-04, VR-13)"],
    ],
    [
      "a key of copies",
      inConfig("wave", "mirror"),
      { enabled: false },
      `${FILE}wave.mirror.enabled`,
      ["(VR-04, VR-13)"],
    ],
    [
      "a key of SurrealDB (VR-04)",
      inConfig("surreal"),
      { default: {} },
      "configFile.surreal",
      ["(VR-28, SUR-01)"],
    ],
    [
      "the environment k8s",
      environments,
      "lite,postgres,redis,rate-limit,alb,mail,aws-ses,k8s",
      ENVIRONMENTS,
      ["k8s", "(VR-14)"],
    ],
    [
      "the build namespace",
      ["objects", "namespaces", "wave-build"],
      full.objects.namespaces["wave-build"],
      "wave.namespace",
      ["wave, wave-build | one namespace", "(VR-46)"],
    ],
    [
      "an account of builds",
      ["objects", "serviceAccounts", "wave-build-sa"],
      full.objects.serviceAccounts["wave-build-sa"],
      ["ServiceAccount wave-build-sa", "accounts.wave-build-sa"],
      ["no such account in Wave Lite", "(VR-44)"],
    ],
    [
      "a Role",
      ["objects", "roles", "wave-role"],
      full.objects.roles["wave-role"],
      "roles",
      ["wave-role", "starts no pods (VR-13)"],
    ],
    [
      "a RoleBinding",
      ["objects", "roleBindings", "wave-rolebind"],
      full.objects.roleBindings["wave-rolebind"],
      "roleBindings",
      ["(VR-13)"],
    ],
    [
      "a claim",
      ["objects", "claims", "wave-app-fs"],
      full.objects.claims["wave-app-fs"],
      "claims",
      ["wave-app-fs", "(VR-13)"],
    ],
    [
      "a volume",
      ["objects", "volumes", "wave-app-pv"],
      full.objects.volumes["wave-app-pv"],
      "volumes",
      ["(VR-13)"],
    ],
    ["a quota", ["objects", "quota"], full.objects.quota, "quota", ["(VR-13)"]],
    [
      "a LimitRange",
      ["objects", "limitRange"],
      full.objects.limitRange,
      "limitRange",
      ["(VR-13)"],
    ],
    [
      "the shared file system in Wave's pod",
      inPod("wave", "volume", 0),
      {
        name: "build",
        persistentVolumeClaim: { claimName: "wave-app-fs" },
      },
      "Deployment wave: volumes",
      ["build", "(VR-13)"],
    ],
    [
      "a policy of the build namespace",
      ["objects", "networkPolicies", "other"],
      full.objects.networkPolicies["wave-build"],
      "policies.other.metadata.name",
      ["wave-build", "(VR-13)"],
    ],
    [
      "a token for the Kubernetes API (VR-44)",
      inPod("wave", "automountServiceAccountToken"),
      true,
      "Deployment wave: automountServiceAccountToken",
      ["does not call the Kubernetes API (VR-44)"],
    ],
    [
      "the role of ECR (VR-43, VR-44, DEC-36)",
      ["roles", "ecr"],
      full.roles.ecr,
      "roles of Wave",
      ["server, ecr | server", "(VR-43, VR-44)"],
    ],
    [
      "rights of the server for objects (VR-43, DEC-36)",
      ["roles", "server", "permissions"],
      full.roles.server?.permissions,
      "role server: statements",
      ["ObjectsList", "| Mail |", "(VR-43)"],
    ],
  ]);
});

describe("what Wave Lite has in common with the current line", () => {
  testBroken(parts, [
    [
      "VR-13: no lite, and so a search for a build namespace",
      environments,
      "postgres,redis,rate-limit,alb,mail,aws-ses",
      ENVIRONMENTS,
      ["lite missing", "(VR-13, VR-17)"],
    ],
    [
      "VR-17, D-20: no alb behind a load balancer",
      environments,
      "lite,postgres,redis,rate-limit,mail,aws-ses",
      ENVIRONMENTS,
      ["alb missing"],
    ],
    [
      "VR-15: a sender without wave.mail's address",
      inConfig("mail", "from"),
      "root@example.com",
      `${FILE}mail.from`,
      ["(VR-15)"],
    ],
    [
      "VR-06: no address of the database",
      inConfig("wave", "db", "uri"),
      undefined,
      `${FILE}wave.db.uri`,
      ["Wave Lite needs this key", "(VR-06)"],
    ],
    [
      "VR-08: an open endpoint",
      inConfig("endpoints", "env", "enabled"),
      true,
      `${FILE}endpoints.env.enabled`,
      ["(VR-08)"],
    ],
    [
      "VR-18: anonymous access by the key that 1.37.0 reads",
      inConfig("wave", "capabilities", "anonymous-access"),
      true,
      `${FILE}wave.capabilities.anonymous-access`,
      ["(VR-18)"],
    ],
    [
      "VR-21: no password of the database",
      inVariable("wave", "WAVE_DB_PASSWORD"),
      undefined,
      "Deployment wave: env WAVE_DB_PASSWORD",
      ["changeme", "(VR-21)"],
    ],
    [
      "VR-25: more memory than the pod has",
      inContainer("wave", "resources", "limits", "memory"),
      "2Gi",
      "Deployment wave: env WAVE_JVM_OPTS",
      ["at most 2048Mi", "(VR-25)"],
    ],
    [
      "VR-40: Redis without TLS",
      inConfig("redis", "uri"),
      "redis://redis.example.com:6379",
      `${FILE}redis.uri`,
      ["(VR-40)"],
    ],
    [
      "VR-43: a trust for every account",
      ["roles", "server", "trust", "Statement", 0, "Condition"],
      undefined,
      "role server: trust",
      ["(VR-43, IAM-06)"],
    ],
    [
      "VR-46: Wave as root",
      inPod("wave", "securityContext", "runAsNonRoot"),
      false,
      "Deployment wave: runAsNonRoot",
      ["(VR-46)"],
    ],
    [
      "K8S-21: a namespace without a closing policy",
      ["objects", "networkPolicies", "wave-default-deny"],
      undefined,
      "Namespace wave: NetworkPolicies",
      ["(K8S-21)"],
    ],
  ]);
});
