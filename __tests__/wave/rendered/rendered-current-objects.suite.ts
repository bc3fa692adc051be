import { render } from "../../../modules/wave/rendered/rendered";
import { type SettingsChange, currentSettings } from "../../support/settings";
import {
  type BrokenCase,
  type Step,
  inAnnotation,
  inContainer,
  inPod,
  testBroken,
} from "../../support/rendered";

const parts = render(currentSettings());
const role = ["objects", "roles", "wave-role"];
const account = (name: string, ...steps: Step[]) => [
  ...["objects", "serviceAccounts", name],
  ...steps,
];
const statement = (of: string, at: number, ...steps: Step[]) => [
  ...["roles", of, "permissions", "Statement", at],
  ...steps,
];
const trust = (of: string, ...steps: Step[]) => [
  ...["roles", of, "trust", "Statement", 0],
  ...steps,
];
const OTHER_ROLE = "arn:aws:iam::123456789012:role/other";

describe("rights", () => {
  testBroken(parts, [
    [
      "VR-42, K8S-04: pods to create, which only the classic line does",
      [...role, "rule", 1, "verbs"],
      ["create", "get", "list", "delete"],
      "Role wave-role: rules",
      [
        "batch/jobs: create delete get; pods/log: get; pods: delete get list",
        "(VR-42, K8S-04)",
      ],
    ],
    [
      "VR-42: Jobs to list",
      [...role, "rule", 0, "verbs"],
      ["create", "get", "delete", "list"],
      "Role wave-role: rules",
      ["batch/jobs: create delete get list"],
    ],
    [
      "VR-42, D-04: a ClusterRole",
      ["objects", "roleBindings", "wave-rolebind", "roleRef", "kind"],
      "ClusterRole",
      "RoleBinding wave-rolebind",
      ["a Role of the same namespace", "(VR-42)"],
    ],
    [
      "VR-42: secrets in any Role",
      ["objects", "roles", "wave-build-cleanup", "rule", 0, "resources"],
      ["jobs", "secrets"],
      "Role wave-build-cleanup: rules",
      ["secrets", "(VR-42)"],
    ],
    [
      "VR-44, K8S-09: a role for build Jobs without a cache in S3",
      account("wave-build-sa", "metadata", "annotations"),
      { "eks.amazonaws.com/role-arn": OTHER_ROLE },
      "ServiceAccount wave-build-sa",
      ["without a role", "call nothing of AWS (VR-44)"],
    ],
    [
      "VR-44: a token for build Jobs",
      account("wave-build-sa", "automountServiceAccountToken"),
      true,
      "ServiceAccount wave-build-sa: automountServiceAccountToken",
      ["(VR-44)"],
    ],
    [
      "VR-43: a right of the server more",
      statement("server", 1, "Action"),
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      "role server: statement ObjectsReadWrite",
      ["s3:DeleteObject", "(VR-43)"],
    ],
    [
      "VR-43, INF-03: a prefix less",
      statement("server", 1, "Resource"),
      ["arn:aws:s3:::wave-prod-euc1-logs-123456789012/build-logs/*"],
      "role server: statement ObjectsReadWrite",
      ["build-locks/*", "scan-reports/*"],
    ],
    [
      "VR-43: another role to take",
      statement("server", 3, "Resource"),
      OTHER_ROLE,
      "role server: statement AssumeEcrRole",
      ["-wave-ecr", "(VR-43)"],
    ],
    [
      "VR-43: every role to take",
      statement("server", 3, "Resource"),
      "*",
      "role server: statement AssumeEcrRole",
      ["resource * | * only for ecr:GetAuthorizationToken"],
    ],
    [
      "VR-43: every repository",
      statement("ecr", 1, "Resource"),
      ["arn:aws:ecr:eu-central-1:123456789012:repository/*"],
      "role ecr: statement EcrPushPull",
      ["repository/wave-prod/build", "(VR-43)"],
    ],
    [
      "VR-43, VR-44: no ECR role",
      ["roles", "ecr"],
      undefined,
      ["roles of Wave", "role ecr", "role ecr: trust"],
      ["server, ecr", "(VR-43, VR-44)"],
    ],
    [
      "VR-43, VR-44: the build role of the classic line",
      ["roles", "build"],
      parts.roles.ecr,
      ["roles of Wave", "role build: trust", "ServiceAccount wave-build-sa"],
      ["server, ecr, build", "(VR-43, VR-44)"],
    ],
    [
      "VR-43, CFG-R1: an ECR role that every role of the account may take",
      trust("ecr", "Principal"),
      { AWS: "arn:aws:iam::123456789012:root" },
      "role ecr: trust",
      [":root", "-wave-server", "(VR-43, CFG-R1)"],
    ],
    [
      "VR-43, CFG-R1: any session name",
      trust("ecr", "Condition"),
      undefined,
      "role ecr: trust",
      ["wave-ecr-*"],
    ],
    [
      "VR-43: a server role of any account of the cluster",
      trust("server", "Condition"),
      { StringLike: { "x:sub": "system:serviceaccount:*" } },
      "role server: trust",
      ["one subject and one audience", "(VR-43, IAM-06)"],
    ],
  ]);
});

describe("with options of the settings", () => {
  const withOption = (
    change: SettingsChange,
    cases: readonly BrokenCase[],
  ): void => {
    testBroken(render(currentSettings(change)), cases);
  };
  withOption({ wave: { current: { ecrExternalId: "wave-prod" } } }, [
    [
      "VR-43, CFG-R1: a role that does not ask for the external id",
      trust("ecr", "Condition", "StringEquals"),
      undefined,
      "role ecr: trust",
      ['"sts:ExternalId":"wave-prod"', "(VR-43, CFG-R1)"],
    ],
  ]);
  withOption({ data: { buildCache: {} } }, [
    [
      "VR-43, IAM-08: a cache role for the whole bucket",
      statement("cache", 1, "Resource"),
      "arn:aws:s3:::wave-prod-euc1-build-cache-123456789012/*",
      "role cache: statement CacheObjects",
      ["/layers/*", "(VR-43)"],
    ],
    [
      "VR-44, IAM-08: no role for Jobs with a cache in S3",
      account("wave-build-sa", "metadata", "annotations"),
      undefined,
      "ServiceAccount wave-build-sa",
      ["with a role of its own", "(VR-44)"],
    ],
    [
      "VR-44, IAM-07: the server's role for Jobs",
      account("wave-build-sa", "metadata", "annotations"),
      {
        "eks.amazonaws.com/role-arn":
          parts.objects.serviceAccounts["wave-sa"]?.metadata.annotations?.[
            "eks.amazonaws.com/role-arn"
          ],
      },
      "ServiceAccounts: eks.amazonaws.com/role-arn",
      ["one role for several accounts"],
    ],
    [
      "VR-31, CFG-09: no region of the cache's bucket",
      [...["objects", "configFile", "wave", "build"], "cache-bucket-region"],
      undefined,
      "manifests/wave/current/config.yml: wave.build.cache-bucket-region",
      ["eu-central-1", "(VR-31, CFG-09)"],
    ],
  ]);
  withOption({ wave: { current: { jumpRoleArn: OTHER_ROLE } } }, [
    [
      "IAM-09: no right to take the jump role",
      statement("server", 3, "Resource", 1),
      undefined,
      "role server: statement AssumeEcrRole",
      [OTHER_ROLE, "(VR-43)"],
    ],
  ]);
});

describe("workloads", () => {
  testBroken(parts, [
    [
      "VR-28, SUR-01: SurrealDB",
      ["objects", "services", "surrealv1"],
      parts.objects.services.wave,
      "services.surrealv1",
      ["nothing of SurrealDB", "(VR-28, SUR-01)"],
    ],
    [
      "VR-28, K8S-08: a claim without its volume",
      ["objects", "claims", "wave-build-fs", "spec", "volumeName"],
      undefined,
      [
        "PersistentVolumeClaim wave-build/wave-build-fs",
        "PersistentVolume wave-build-pv",
      ],
      ["volumeName nothing", "(VR-28)"],
    ],
    [
      "VR-46, K8S-06: a level that refuses BuildKit",
      [
        ...["objects", "namespaces", "wave-build", "metadata", "labels"],
        "pod-security.kubernetes.io/enforce",
      ],
      "baseline",
      "Namespace wave-build: label pod-security.kubernetes.io/enforce",
      ["baseline | privileged", "(VR-46, K8S-01, K8S-06)"],
    ],
    [
      "VR-46: Wave as root",
      inPod("wave", "securityContext", "runAsNonRoot"),
      false,
      "Deployment wave: runAsNonRoot",
      ["(VR-46)"],
    ],
    [
      "VR-38: Wave without a version",
      inContainer("wave", "image"),
      "cr.seqera.io/enterprise/wave/server:latest",
      "Deployment wave: image of wave-app",
      ["(VR-38)"],
    ],
    [
      "VR-47, ING-15: the controller's own health check",
      inAnnotation("healthcheck-path"),
      undefined,
      "Ingress wave-ingress: alb.ingress.kubernetes.io/healthcheck-path",
      ["/health", "(VR-47)"],
    ],
    [
      "VR-47, D-13: a NodePort",
      ["objects", "services", "wave", "spec", "type"],
      "NodePort",
      "Service wave: type",
      ["(VR-47, D-13)"],
    ],
    [
      "VR-48, ING-09: a name that another environment may have",
      inAnnotation("load-balancer-name"),
      "wave-alb",
      "wave.ingress.loadBalancerName",
      ["wave-prod-wave-alb", "(VR-48)"],
    ],
    [
      "VR-49, HPA-02: a target that the API server ignores",
      [
        ...["objects", "autoscaler", "spec", "metric", 0, "resource"],
        ...["target", "type"],
      ],
      "Value",
      "HorizontalPodAutoscaler wave-hpa: metric cpu",
      ["(VR-49, HPA-02)"],
    ],
    [
      "DEC-31: no way to PostgreSQL",
      [...["objects", "networkPolicies", "wave", "spec", "egress", 2], "ports"],
      [{ port: "6379", protocol: "TCP" }],
      "NetworkPolicy of wave: egress",
      ["5432 6379", "(DEC-31)"],
    ],
    [
      "K8S-23: builds that reach our network",
      [
        ...["objects", "networkPolicies", "wave-build", "spec", "egress", 1],
        ...["to", 0, "ipBlock", "except"],
      ],
      ["169.254.169.254/32"],
      "NetworkPolicy wave-build: egress",
      ["10.40.0.0/16", "(K8S-23)"],
    ],
  ]);
});
