import { type SettingsChange } from "../../support/settings";
import { serverContainer, serverVariable } from "../../support/wave";

const namesIn = (change: SettingsChange = {}) =>
  serverContainer(change).env.map(({ name }) => name);

/** A failover shows in the name of a store: the JVM must not keep its address for long. */
const TTL = "-Dsun.net.inetaddr.ttl=5";
const LOG = "-Dlogback.configurationFile=/etc/wave/logback.xml";

const everySecret: SettingsChange = {
  data: { redis: { auth: true } },
  wave: {
    secrets: { dockerHub: "wave/docker", quay: "wave/quay" },
    classic: { ecrKeySecret: "wave/ecr-key" },
  },
};

test("DEP-06: POD_NAME comes before WAVE_JVM_OPTS, which refers to it", () => {
  const names = namesIn();
  expect(names[0]).toBe("POD_NAME");
  expect(names.indexOf("WAVE_JVM_OPTS")).toBeGreaterThan(0);
  expect(serverContainer().env[0]).toEqual({
    name: "POD_NAME",
    valueFrom: { fieldRef: { fieldPath: "metadata.name" } },
  });
});

test("DEP-07, ENV-02: the environments are written out and deduction is off", () => {
  expect(serverVariable("MICRONAUT_ENVIRONMENTS")).toBe(
    "redis,surrealdb,buildlogs-aws,k8s,mail,aws-ses",
  );
  expect(serverVariable("MICRONAUT_ENV_DEDUCTION")).toBe("false");
});

test("DEP-08: upstream's JVM options, but heap dumps on a volume of the pod", () => {
  expect(
    serverVariable("WAVE_JVM_OPTS", { data: { redis: { auth: false } } }),
  ).toBe(
    "-Dsun.net.inetaddr.ttl=5 -Dlogback.configurationFile=/etc/wave/logback.xml " +
      "-XX:ActiveProcessorCount=8 -XX:InitialRAMPercentage=50 -XX:MaxRAMPercentage=50 " +
      "-XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=/dumps/java-$(POD_NAME).hprof " +
      "-XX:MaxDirectMemorySize=800m -Dio.netty.maxDirectMemory=0 -Djdk.httpclient.keepalive.timeout=10",
  );
});

test("no JVM path lies on the file system that builds share", () => {
  expect(serverVariable("WAVE_JVM_OPTS")).not.toContain("/efs/wave");
});

test("DEP-08: wave.jvmOptions replaces the options, and cannot reach Terraform as an expression", () => {
  expect(
    serverVariable("WAVE_JVM_OPTS", {
      data: { redis: { auth: false } },
      wave: { jvmOptions: "-Xmx2g -Dname=${env}" },
    }),
  ).toBe(`${TTL} ${LOG} -Xmx2g -Dname=$\${env}`);
});

test("CFG-28: with a Redis password the log configuration is ours, whatever the other options", () => {
  expect(serverVariable("WAVE_JVM_OPTS")).toMatch(new RegExp(` ${LOG}$`));
  expect(
    serverVariable("WAVE_JVM_OPTS", {
      wave: { jvmOptions: "-Xmx2g" },
    }),
  ).toBe(`${TTL} -Xmx2g ${LOG}`);
});

test("DEP-18, SET-02: AWS_REGION is the region of the settings", () => {
  expect(serverVariable("AWS_REGION", { region: "us-west-2" })).toBe(
    "us-west-2",
  );
});

test("DEP-17: secrets come from wave-secrets, each under its own name, and only those that exist", () => {
  expect(namesIn({ data: { redis: { auth: false } } })).toEqual([
    "POD_NAME",
    "MICRONAUT_ENVIRONMENTS",
    "MICRONAUT_ENV_DEDUCTION",
    "WAVE_CONFIG_FILE",
    "AWS_REGION",
    "WAVE_JVM_OPTS",
    "SURREAL_DEFAULT_PASSWORD",
  ]);
  const secrets = serverContainer(everySecret).env.slice(6);
  expect(secrets.map(({ name }) => name)).toEqual([
    "SURREAL_DEFAULT_PASSWORD",
    "REDIS_URI",
    "WAVE_ECR_ACCESS_KEY",
    "WAVE_ECR_SECRET_KEY",
    "DOCKER_USER",
    "DOCKER_PAT",
    "QUAY_USER",
    "QUAY_PAT",
  ]);
  for (const variable of secrets)
    expect(variable).toEqual({
      name: variable.name,
      valueFrom: { secretKeyRef: { name: "wave-secrets", key: variable.name } },
    });
});

test("IAM-10: the ECR key never takes the SDK's names, which would replace the pod's role", () => {
  const names = namesIn(everySecret);
  expect(names).not.toContain("AWS_ACCESS_KEY_ID");
  expect(names).not.toContain("AWS_SECRET_ACCESS_KEY");
});
