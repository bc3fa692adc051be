import { render } from "../../../modules/wave/rendered/rendered";
import { currentSettings, liteSettings } from "../../support/settings";
import {
  type BrokenCase,
  inAnnotation,
  inConfig,
  inContainer,
  inPod,
  inVariable,
  problemsOn,
  testBroken,
} from "../../support/rendered";

// Rules that are the same for both shapes of the current line; the classic line has their examples in the other files.

const POOLED =
  "-Xmx1g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled";
const hpa = ["objects", "autoscaler", "spec"];
const path = (at: number) => [
  ...["objects", "ingress", "spec", "rule", 0, "http", "path"],
  at,
];

const casesFor = (file: string): readonly BrokenCase[] => [
  [
    "VR-04, CFG-25: an event loop that is gone",
    inConfig(
      "micronaut",
      "http",
      "services",
      "stream-client",
      "event-loop-group",
    ),
    "stream-pool",
    `${file}: micronaut.http.services.stream-client.event-loop-group`,
    ["(VR-04)"],
  ],
  [
    "VR-09: a placeholder that Terraform would fill",
    inConfig("wave", "extra"),
    "${DOCKER_USER}",
    `${file}: wave.extra`,
    ["$${DOCKER_USER}", "(VR-09)"],
  ],
  [
    "VR-10: another host",
    inConfig("wave", "server", "url"),
    "https://other.example.com",
    `${file}: wave.server.url`,
    ["https://wave.example.com", "(VR-10)"],
  ],
  [
    "VR-11, PP-03: a slash at the end of Platform's address",
    inConfig("tower", "endpoint", "url"),
    "https://platform.example.com/api/",
    `${file}: tower.endpoint.url`,
    ["(VR-11)"],
  ],
  [
    "ENV-02: deduction",
    inVariable("wave", "MICRONAUT_ENV_DEDUCTION"),
    undefined,
    "Deployment wave: env MICRONAUT_ENV_DEDUCTION",
    ["nothing | false"],
  ],
  [
    "VR-16: limits that the settings do not ask for",
    inConfig("rate-limit"),
    { pull: { anonymous: "1/1h" } },
    "Deployment wave: env MICRONAUT_ENVIRONMENTS",
    ["present without limits", "(VR-16)"],
  ],
  [
    "VR-19: a password in an address",
    inConfig("license"),
    { server: { url: "https://wave:hunter2@license.example.com" } },
    `${file}: license.server.url`,
    ["https://…@license", "(VR-19)"],
  ],
  [
    "VR-19: a password in the file",
    inConfig("redis", "password"),
    "hunter2",
    `${file}: redis.password`,
    ["(VR-19)"],
  ],
  [
    "VR-19: a password in the pod",
    inVariable("wave", "WAVE_DB_PASSWORD"),
    { name: "WAVE_DB_PASSWORD", value: "hunter2" },
    "Deployment wave: env WAVE_DB_PASSWORD",
    ["a literal value", "(VR-19)"],
  ],
  [
    "VR-23: another region",
    inVariable("wave", "AWS_REGION", "value"),
    "eu-west-1",
    "Deployment wave: env AWS_REGION",
    ["(VR-23)"],
  ],
  [
    "VR-23: a static key",
    inContainer("wave", "env", 99),
    { name: "AWS_ACCESS_KEY_ID", valueFrom: {} },
    "Deployment wave: env AWS_ACCESS_KEY_ID",
    ["(VR-23)"],
  ],
  [
    "VR-24: options before the pod's name",
    inContainer("wave", "env", 0, "name"),
    "OTHER",
    "Deployment wave: env WAVE_JVM_OPTS",
    ["(VR-24)"],
  ],
  [
    "VR-26, D-17: dumps on the build file system",
    inVariable("wave", "WAVE_JVM_OPTS", "value"),
    `${POOLED} -XX:HeapDumpPath=/efs/wave/x`,
    "Deployment wave: env WAVE_JVM_OPTS",
    ["(VR-26)"],
  ],
  [
    "VR-38: Wave without a version",
    inContainer("wave", "image"),
    "cr.seqera.io/enterprise/wave/server",
    "Deployment wave: image of wave-app",
    ["(VR-38)"],
  ],
  [
    "VR-46: a folder of the node",
    inPod("wave", "volume", 99),
    { name: "host", hostPath: { path: "/" } },
    "Deployment wave",
    ["hostPath host", "(VR-46)"],
  ],
  [
    "K8S-21: no memory limit",
    inContainer("wave", "resources", "requests", "cpu"),
    undefined,
    "Deployment wave: resources of wave-app",
    ["(VR-37)"],
  ],
  [
    "VR-47, D-13: a NodePort",
    ["objects", "services", "wave", "spec", "type"],
    "NodePort",
    "Service wave: type",
    ["(VR-47, D-13)"],
  ],
  [
    "VR-47, ING-14: the controller's own target type",
    inAnnotation("target-type"),
    "instance",
    "Ingress wave-ingress: alb.ingress.kubernetes.io/target-type",
    ["instance | ip", "(VR-47)"],
  ],
  [
    "VR-47, ING-03: the seed's group",
    inAnnotation("group.name"),
    "wave-alb",
    "Ingress wave-ingress: alb.ingress.kubernetes.io/group.name",
    ["(VR-47)"],
  ],
  [
    "VR-10, VR-47: another host of the Ingress",
    ["objects", "ingress", "spec", "rule", 0, "host"],
    "other.example.com",
    "Ingress wave-ingress: host",
    ["wave.example.com", "(VR-10)"],
  ],
  [
    "VR-47, ING-17: metrics for everybody",
    [...path(0), "path"],
    "/other",
    "Ingress wave-ingress: path /prometheus",
    ["(VR-47, ING-17)"],
  ],
  [
    "VR-47, ING-05: no HTTPS",
    inAnnotation("listen-ports"),
    '[{"HTTP": 80}]',
    "Ingress wave-ingress: alb.ingress.kubernetes.io/listen-ports",
    ["(VR-47, ING-05)"],
  ],
  [
    "VR-48, ING-09: a name that is too long",
    inAnnotation("load-balancer-name"),
    "w".repeat(33),
    "wave.ingress.loadBalancerName",
    ["at most 32", "(VR-48)"],
  ],
  [
    "VR-49: more pods at least than at most",
    [...hpa, "minReplicas"],
    11,
    "HorizontalPodAutoscaler wave-hpa: minReplicas, maxReplicas",
    ["11 to 10", "(VR-49)"],
  ],
  [
    "VR-49, HPA-02: a target that the API server ignores",
    [...hpa, "metric", 0, "resource", "target", "type"],
    "Value",
    "HorizontalPodAutoscaler wave-hpa: metric cpu",
    ["(VR-49, HPA-02)"],
  ],
  [
    "VR-49, DEP-15: a number of pods beside the autoscaler",
    ["objects", "deployments", "wave", "spec", "replicas"],
    "3",
    "Deployment wave: replicas",
    ["(VR-49)"],
  ],
  [
    "DEC-31: Wave reached from anywhere",
    [
      ...["objects", "networkPolicies", "wave", "spec", "ingress", 0, "from"],
      ...[0, "ipBlock", "cidr"],
    ],
    "0.0.0.0/0",
    "NetworkPolicy of wave: ingress",
    ["(DEC-31)"],
  ],
  [
    "DEC-31: a way to the port of SurrealDB",
    ["objects", "networkPolicies", "wave", "spec", "egress", 2, "ports", 0],
    { port: "8000", protocol: "TCP" },
    "NetworkPolicy of wave: egress",
    ["5432 6379", "(DEC-31)"],
  ],
  [
    "K8S-21: a namespace without a closing policy",
    ["objects", "networkPolicies", "wave-default-deny"],
    undefined,
    "Namespace wave: NetworkPolicies",
    ["(K8S-21)"],
  ],
];

const POWERFUL = {
  metadata: { name: "extra", namespace: "wave" },
  rule: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }],
};

describe("the current line", () => {
  const parts = render(currentSettings());
  testBroken(parts, [
    ...casesFor("manifests/wave/current/config.yml"),
    [
      "VR-42, D-04: a shell in pods",
      ["objects", "roles", "extra"],
      POWERFUL,
      "Role extra: rules",
      ["pods/exec", "(VR-42)"],
    ],
    [
      "VR-28, K8S-08: the claim of another namespace",
      inConfig("wave", "build", "k8s", "storage", "claimName"),
      "wave-app-fs",
      "manifests/wave/current/config.yml: wave.build.k8s.storage.claimName",
      ["(VR-28)"],
    ],
  ]);

  test("VR-28, D-10: both volumes of one access point are reported", () => {
    const problems = problemsOn(
      parts,
      [
        ...["objects", "volumes", "wave-build-pv", "spec", 0],
        ...["persistentVolumeSource", "csi", "volumeHandle"],
      ],
      "fs-00000000000000001::fsap-0000000000000000a",
    );
    expect(problems.map(({ path: at }) => at)).toEqual([
      "PersistentVolume wave-app-pv: volumeHandle",
      "PersistentVolume wave-build-pv: volumeHandle",
    ]);
  });
});

describe("Wave Lite", () => {
  testBroken(render(liteSettings()), [
    ...casesFor("manifests/wave/lite/config.yml"),
    [
      "VR-42, D-04: a shell in pods",
      ["objects", "roles", "extra"],
      POWERFUL,
      ["Role extra: rules", "roles"],
      ["pods/exec", "(VR-42)"],
    ],
    [
      "VR-43: mail from every identity",
      ["roles", "server", "permissions", "Statement", 0, "Resource"],
      "*",
      "role server: statement Mail",
      ["resource * |", "(VR-43)"],
    ],
  ]);
});
