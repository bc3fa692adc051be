import { jvmMemory } from "../../../modules/wave/config/jvm-memory";
import { type SettingsChange } from "../../support/settings";
import {
  containerIn,
  currentObjects,
  liteObjects,
  named,
  variableIn,
  waveObjects,
} from "../../support/wave";

const objects = currentObjects();
const lite = liteObjects();
const container = containerIn(objects);
const podIn = ({ deployments }: typeof objects) =>
  named(deployments, "wave").spec.template.spec;
const jvmOptions = (change: SettingsChange = {}) =>
  variableIn(currentObjects(change), "WAVE_JVM_OPTS") ?? "";

test("DEP-01: the image of the current line is in another repository", () => {
  expect(container.image).toBe("cr.seqera.io/enterprise/wave/server:v1.37.0");
});

test("DEP-02, DEP-03, DEP-05, DEP-06, DEP-10, DEP-12, DEP-16, DEP-18, K8S-14: the rest of the Deployment is that of the classic line", () => {
  const classic = named(waveObjects().deployments, "wave");
  const own = ["env", "image", "resources", "readinessProbe", "livenessProbe"];
  const shared = (deployment: typeof classic) => {
    const { container: containers, ...pod } = deployment.spec.template.spec;
    const [first] = containers as unknown as Record<string, unknown>[];
    const rest = Object.entries(first ?? {}).filter(
      ([field]) => !own.includes(field),
    );
    return {
      metadata: deployment.metadata,
      strategy: deployment.spec.strategy,
      selector: deployment.spec.selector,
      template: deployment.spec.template.metadata,
      pod: { ...pod, nodeSelector: undefined, volume: undefined },
      container: Object.fromEntries(rest),
    };
  };
  expect(shared(named(objects.deployments, "wave"))).toEqual(shared(classic));
});

test("DEP-04: the image exists for both architectures, so that only the node group counts", () => {
  expect(podIn(objects).nodeSelector).toEqual({ service: "wave-system" });
});

test("DEP-09: 4 Gi and 1 to 2 CPUs, or as set", () => {
  expect(container.resources).toEqual({
    requests: { cpu: "1000m", memory: "4Gi" },
    limits: { cpu: "2000m", memory: "4Gi" },
  });
  const change = { wave: { cpuLimit: "4", memory: "8Gi" } };
  expect(containerIn(currentObjects(change)).resources).toMatchObject({
    limits: { cpu: "4", memory: "8Gi" },
  });
});

test("DEP-13, DEP-14: probes ask /health after ten seconds", () => {
  const httpGet = { path: "/health", port: "9090" };
  const first = { httpGet, initialDelaySeconds: 10, timeoutSeconds: 3 };
  expect(container.readinessProbe).toEqual(first);
  expect(container.livenessProbe).toEqual({ ...first, failureThreshold: 10 });
  expect(container.startupProbe).toEqual({
    httpGet,
    periodSeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 36,
  });
});

test("DEP-08: heap, direct memory, the pooled allocator, and dumps on a volume of the pod", () => {
  expect(jvmOptions()).toBe(
    "-Dsun.net.inetaddr.ttl=5 -Dlogback.configurationFile=/etc/wave/logback.xml " +
      "-XX:+UseG1GC -Xms1g -Xmx3g -XX:MaxDirectMemorySize=100m -Dio.netty.maxDirectMemory=0 " +
      "-Dio.netty.allocator.type=pooled -Djdk.httpclient.keepalive.timeout=10 -XX:+HeapDumpOnOutOfMemoryError " +
      "-XX:HeapDumpPath=/dumps/java-$(POD_NAME).hprof",
  );
});

test.each([
  ["8Gi", "-Xms1g -Xmx7g"],
  ["2500Mi", "-Xms1g -Xmx1476m"],
  ["2Gi", "-Xms1g -Xmx1g"],
  ["1500Mi", "-Xms750m -Xmx750m"],
])("DEP-08: with %s the heap is %s, and all of it fits", (memory, heap) => {
  const options = jvmOptions({ wave: { memory } });
  expect(options).toContain(` ${heap} `);
  const limit = memory.endsWith("Gi")
    ? Number.parseInt(memory) * 1024
    : Number.parseInt(memory);
  const taken = jvmMemory(options, limit);
  expect(taken.heap + taken.direct + 512).toBeLessThanOrEqual(limit);
});

test("DEP-08, CFG-28: of the classic line: own options replace ours, after the log configuration", () => {
  expect(jvmOptions({ wave: { jvmOptions: "-Xmx2g -Dname=${env}" } })).toBe(
    "-Dsun.net.inetaddr.ttl=5 -Dlogback.configurationFile=/etc/wave/logback.xml -Xmx2g -Dname=$${env}",
  );
});

test("DEP-17: passwords of PostgreSQL and Redis come from wave-secrets, after the plain variables", () => {
  const names = (change: SettingsChange) =>
    containerIn(currentObjects(change)).env.map(({ name }) => name);
  const plain = [
    "POD_NAME",
    "MICRONAUT_ENVIRONMENTS",
    "MICRONAUT_ENV_DEDUCTION",
    "WAVE_CONFIG_FILE",
    "AWS_REGION",
    "WAVE_JVM_OPTS",
  ];
  expect(names({})).toEqual([...plain, "WAVE_DB_PASSWORD", "REDIS_PASSWORD"]);
  expect(names({ data: { redis: { auth: false } } })).toEqual([
    ...plain,
    "WAVE_DB_PASSWORD",
  ]);
  for (const variable of container.env.slice(plain.length))
    expect(variable.valueFrom).toEqual({
      secretKeyRef: { name: "wave-secrets", key: variable.name },
    });
});

test("DEP-07: environments are written out, and deduction is off on both modes", () => {
  expect(variableIn(objects, "MICRONAUT_ENVIRONMENTS")).toBe(
    "postgres,redis,k8s,rate-limit,alb,mail,aws-ses",
  );
  expect(variableIn(lite, "MICRONAUT_ENVIRONMENTS")).toBe(
    "lite,postgres,redis,rate-limit,alb",
  );
  for (const one of [objects, lite])
    expect(variableIn(one, "MICRONAUT_ENV_DEDUCTION")).toBe("false");
});

test("DEP-11: only a server with builds mounts their file system and has a token for the Kubernetes API", () => {
  const mountsOf = (one: typeof objects) =>
    (containerIn(one).volumeMount as { name: string }[]).map(
      ({ name }) => name,
    );
  const volumesOf = (one: typeof objects) =>
    (podIn(one).volume as { name: string }[]).map(({ name }) => name);
  const own = ["wave-cfg", "work", "tmp", "dumps"];
  for (const namesOf of [mountsOf, volumesOf]) {
    expect(namesOf(objects)).toEqual(["vol-build", ...own]);
    expect(namesOf(lite)).toEqual(own);
  }
  expect(podIn(objects).automountServiceAccountToken).toBe(true);
  expect(podIn(lite).automountServiceAccountToken).toBe(false);
});

test("DEP-01: apart from that, Wave Lite runs like Wave with builds", () => {
  const rest = (one: typeof objects) => {
    const container = containerIn(one);
    const variables = container.env.map(({ name }) => name);
    return { ...container, env: variables, volumeMount: undefined };
  };
  expect(rest(lite)).toEqual(rest(objects));
});
