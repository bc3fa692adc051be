import { render } from "../../../modules/wave/rendered/rendered";
import { currentSettings } from "../../support/settings";
import {
  inConfig,
  inContainer,
  inVariable,
  testBroken,
} from "../../support/rendered";

const FILE = "manifests/wave/current/config.yml: ";
const ENVIRONMENTS = "Deployment wave: env MICRONAUT_ENVIRONMENTS";
const JVM = "Deployment wave: env WAVE_JVM_OPTS";
const environments = inVariable("wave", "MICRONAUT_ENVIRONMENTS", "value");
const jvm = inVariable("wave", "WAVE_JVM_OPTS", "value");

const parts = render(currentSettings());

describe("environments and variables", () => {
  testBroken(parts, [
    [
      "VR-13: no postgres, and so records in memory",
      environments,
      "redis,k8s,rate-limit,alb,mail,aws-ses",
      ENVIRONMENTS,
      ["postgres missing", "in memory", "(VR-13, VR-17)"],
    ],
    [
      "VR-13: no k8s, and so no builds",
      environments,
      "postgres,redis,rate-limit,alb,mail,aws-ses",
      ENVIRONMENTS,
      ["k8s missing"],
    ],
    [
      "VR-17, D-20: no alb behind a load balancer",
      environments,
      "postgres,redis,k8s,rate-limit,mail,aws-ses",
      ENVIRONMENTS,
      ["alb missing", "all clients for one"],
    ],
    [
      "VR-14, ENV-03: a name of the classic line",
      environments,
      "postgres,redis,k8s,rate-limit,alb,mail,aws-ses,buildlogs-aws",
      ENVIRONMENTS,
      ["buildlogs-aws", "(VR-14)"],
    ],
    [
      "VR-15: mail without its environment",
      environments,
      "postgres,redis,k8s,rate-limit,alb,mail",
      ENVIRONMENTS,
      ["aws-ses absent", "(VR-15)"],
    ],
    [
      "VR-16: limits that the settings do not ask for",
      inConfig("rate-limit"),
      { pull: { anonymous: "1/1h" } },
      ENVIRONMENTS,
      ["1 limits", "present without limits", "(VR-16)"],
    ],
    [
      "ENV-02: deduction",
      inVariable("wave", "MICRONAUT_ENV_DEDUCTION", "value"),
      "true",
      "Deployment wave: env MICRONAUT_ENV_DEDUCTION",
      ["false"],
    ],
    [
      "VR-19, D-06: a password in the file",
      inConfig("wave", "db", "password"),
      "hunter2",
      `${FILE}wave.db.password`,
      ["(VR-19)"],
    ],
    [
      "VR-19: a password in an address",
      inConfig("license"),
      { server: { url: "https://wave:hunter2@license.example.com" } },
      `${FILE}license.server.url`,
      ["https://…@license", "(VR-19)"],
    ],
    [
      "VR-21: no password of the database",
      inVariable("wave", "WAVE_DB_PASSWORD"),
      undefined,
      "Deployment wave: env WAVE_DB_PASSWORD",
      ["changeme", "(VR-21)"],
    ],
    [
      "VR-21: the password of Redis from another Secret",
      inVariable("wave", "REDIS_PASSWORD", "valueFrom", "secretKeyRef", "name"),
      "redis",
      "Deployment wave: env REDIS_PASSWORD",
      ["redis | the Secret wave-secrets", "(VR-21)"],
    ],
    [
      "VR-23: another region",
      inVariable("wave", "AWS_REGION", "value"),
      "eu-west-1",
      "Deployment wave: env AWS_REGION",
      ["eu-central-1", "(VR-23)"],
    ],
    [
      "VR-24: options before the pod's name",
      inContainer("wave", "env", 0),
      { name: "OTHER", value: "x" },
      JVM,
      ["(VR-24)"],
    ],
    [
      "VR-25, DEP-08: no pooled allocator",
      jvm,
      "-Xms1g -Xmx3g -XX:MaxDirectMemorySize=100m",
      JVM,
      ["-Dio.netty.allocator.type=pooled", "(VR-25)"],
    ],
    [
      "VR-25: more memory than the pod has",
      jvm,
      "-Xmx4g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled",
      JVM,
      ["heap 4096Mi, direct memory 100Mi", "at most 4096Mi", "(VR-25)"],
    ],
    [
      "VR-25: a limit below the heap",
      inContainer("wave", "resources", "limits", "memory"),
      "3Gi",
      JVM,
      ["at most 3072Mi"],
    ],
    [
      "VR-26, D-17: dumps on the build file system",
      jvm,
      "-Xmx1g -XX:MaxDirectMemorySize=100m -Dio.netty.allocator.type=pooled -XX:HeapDumpPath=/efs/wave/x",
      JVM,
      ["outside /efs/wave", "(VR-26)"],
    ],
    [
      "VR-40: Redis without TLS",
      inConfig("redis", "uri"),
      "redis://redis.example.com:6379",
      `${FILE}redis.uri`,
      ["rediss://<host>:<port>", "(VR-40)"],
    ],
    [
      "VR-40: Redis without a port",
      inConfig("redis", "uri"),
      "rediss://redis.example.com",
      `${FILE}redis.uri`,
      ["(VR-40)"],
    ],
  ]);
});
