import { POD_ACCOUNT } from "../../modules/delivery/names";
import { hasHelm, renderChart } from "../support/helm";
import { schemaProblems } from "../support/kubernetes-schema";
import {
  type Name,
  deploymentOf,
  environmentOf,
  ingressOf,
  kindsOf,
  objectOf,
  objectsOf,
  podOf,
  rendered,
} from "./nodejs-objects";
import { NODEJS_RELEASES } from "./nodejs-releases";

const names = Object.keys(NODEJS_RELEASES) as Name[];
const [wrong, right] = [true, false].map((isWrong) =>
  names.filter((name) => name.startsWith("wrong:") === isWrong),
) as [Name[], Name[]];

(hasHelm ? test : test.skip)(
  "what is kept is what Helm on the PATH makes of the chart today",
  () => {
    const today = names.map((name) => [
      name,
      renderChart("nodejs", NODEJS_RELEASES[name]),
    ]);
    // What Helm says against values is worded anew from release to release.
    const comparable = (one: unknown) =>
      typeof one === "string" ? "refused" : one;
    expect(today.map(([name, one]) => [name, comparable(one)])).toEqual(
      names.map((name) => [name, comparable(rendered[name])]),
    );
  },
);

test.each(right)("the API takes every object of the release: %s", (name) => {
  expect(schemaProblems(objectsOf(name)).flat()).toEqual([]);
});

test.each([
  ["wrong: a name that no value has", "replicasCount"],
  ["wrong: a probe by a command that is not there", "livenessProbe.command"],
  ["wrong: a tag that is a number", "image.tag"],
  ["wrong: without account-config", "account-config"],
] as const)("%s is refused by name", (name, text) => {
  expect(rendered[name]).toEqual(expect.stringContaining(text));
  expect(wrong).toContain(name);
});

test("C32: what releases set since 2020 still means the same", () => {
  const api = deploymentOf("api in production");
  expect(api.replicas).toBe(4);
  const [container] = podOf("api in production").containers;
  expect(container).toMatchObject({
    image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:0.39.0",
    ports: [{ name: "web", containerPort: 3000 }],
    livenessProbe: { tcpSocket: { port: 3000 }, periodSeconds: 10 },
    readinessProbe: { httpGet: { path: "/v2/health", port: 3000 } },
  });
  expect(podOf("ui in production").containers[0]).toMatchObject({
    image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ui:0.39.0",
    readinessProbe: { exec: { command: ["echo", "0"] } },
  });
});

test("C32: production has the service's name as host, other environments the sandbox's too, and the apex is asked for", () => {
  expect(ingressOf("api in production").hosts).toEqual(["api.scp.example.org"]);
  expect(ingressOf("ui in production").hosts).toEqual([
    "ui.scp.example.org",
    "scp.example.org",
  ]);
  expect(ingressOf("a sandbox of staging").hosts).toEqual([
    "api-pr-12.scp.example.org",
  ]);
});

test("the Service leads to the pods by the port of the values, and the Ingress to the Service", () => {
  const name = "a sandbox of staging";
  const { labels } = deploymentOf(name).template.metadata;
  const { spec } = objectOf(name, "Service");
  expect(spec).toMatchObject({ ports: [{ port: 5000, targetPort: 8080 }] });
  expect(labels).toMatchObject(spec.selector as object);
  expect(labels).toMatchObject(deploymentOf(name).selector.matchLabels);
  expect(podOf(name).containers[0]).toMatchObject({
    ports: [{ containerPort: 8080 }],
    livenessProbe: { tcpSocket: { port: 8080 } },
    readinessProbe: { httpGet: { port: 8080 } },
  });
  expect(JSON.stringify(ingressOf(name).spec)).toContain(
    '"service":{"name":"api-pr-12","port":{"number":5000}}',
  );
});

test("C28: a service writes another port below the values of its template", () => {
  const name = "of the template, with another port";
  expect(objectOf(name, "Service").spec).toMatchObject({
    ports: [{ port: 5000, targetPort: 3000 }],
  });
  expect(podOf(name).containers[0]).toMatchObject({
    image: "registry/image-repository:tag",
    ports: [{ containerPort: 3000 }],
  });
});

test("C18: class delivery gets what its parameters cannot say, and nothing that is theirs", () => {
  const { annotations, spec } = ingressOf("ui in production");
  expect(spec).toMatchObject({ ingressClassName: "delivery" });
  expect(spec).not.toHaveProperty("tls");
  const prefix = "alb.ingress.kubernetes.io";
  expect(annotations).toEqual({
    [`${prefix}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
    [`${prefix}/target-type`]: "ip",
    [`${prefix}/healthcheck-path`]: "/robots.txt",
    [`${prefix}/healthcheck-protocol`]: "HTTP",
    [`${prefix}/healthcheck-interval-seconds`]: "30",
    [`${prefix}/healthcheck-timeout-seconds`]: "5",
    [`${prefix}/healthy-threshold-count`]: "2",
    [`${prefix}/unhealthy-threshold-count`]: "2",
    [`${prefix}/success-codes`]: "200-399",
  });
});

test("C18: class nginx has TLS by the platform's certificate, or by one of an issuer", () => {
  const { annotations, spec } = ingressOf("behind NGINX");
  expect(annotations).toBeUndefined();
  expect(spec).toMatchObject({
    ingressClassName: "nginx",
    tls: [{ hosts: ["api-pr-12.scp.example.org"] }],
  });
  expect(JSON.stringify(spec)).not.toContain("secretName");

  const issued = ingressOf("behind NGINX by account-config, with an issuer");
  expect(issued.annotations).toEqual({
    "cert-manager.io/cluster-issuer": "letsencrypt-prod",
  });
  expect(issued.spec).toMatchObject({
    ingressClassName: "nginx",
    tls: [{ hosts: issued.hosts, secretName: "api-pr-12-tls" }],
  });
  expect(issued.hosts).toContain("scp.example.org");
});

test("C32: pods run as the account that stands in the namespace, and only an account of the chart has a role", () => {
  expect(kindsOf("api in production")).not.toContain("ServiceAccount");
  expect(podOf("api in production")).toMatchObject({
    serviceAccountName: POD_ACCOUNT,
    automountServiceAccountToken: false,
  });
  expect(JSON.stringify(objectsOf("api in production"))).not.toContain(
    "role-production",
  );
  const own = "with an account of its own";
  expect(objectOf(own, "ServiceAccount").metadata).toMatchObject({
    name: "worker",
    annotations: {
      "eks.amazonaws.com/role-arn":
        "arn:aws:iam::123456789012:role/worker-role",
    },
  });
  expect(podOf(own).serviceAccountName).toBe("worker");
});

test.each(right)(
  "C32: the Pod Security level restricted admits: %s",
  (name) => {
    const { securityContext, containers, volumes, ...pod } = podOf(name);
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: expect.any(Number) as number,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(containers).toHaveLength(1);
    expect(containers[0].securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    });
    for (const volume of volumes as object[])
      expect(Object.keys(volume)).toEqual(["name", "emptyDir"]);
    expect(pod).not.toHaveProperty("hostNetwork");
  },
);

test("C67: the environment has the facts of the account, none of them a secret, and TLS stays on", () => {
  expect(environmentOf("api in production")).toEqual({
    K8S_ENV: "production",
    SANDBOX_ID: "default",
    RDS_SANDBOX_ID: "shared",
    AWS_ACCOUNT_ID: "123456789012",
    AWS_REGION: "eu-central-1",
    AWS_DEFAULT_REGION: "eu-central-1",
    DOMAIN_NAME: "scp.example.org",
    K8S_POD_NAME: undefined,
  });
  expect(environmentOf("with everything")).toMatchObject({
    LOG: "debug",
    AWS_REGION: "eu-west-1",
  });
});

test("C32: every field of the probes is honoured", () => {
  expect(podOf("with everything").containers[0]).toMatchObject({
    livenessProbe: {
      httpGet: { path: "/alive", scheme: "HTTPS", port: 5000 },
      initialDelaySeconds: 1,
      timeoutSeconds: 2,
      periodSeconds: 3,
      failureThreshold: 4,
      successThreshold: 1,
    },
    readinessProbe: {
      tcpSocket: { port: 5000 },
      initialDelaySeconds: 5,
      timeoutSeconds: 6,
      periodSeconds: 7,
      failureThreshold: 8,
      successThreshold: 9,
    },
  });
});

test("every other value of the pods is honoured", () => {
  const name = "with everything";
  const { template, strategy } = deploymentOf(name);
  expect(strategy).toEqual({ type: "Recreate" });
  expect(template.metadata.annotations).toEqual({
    team: "core",
    "checksum/application-secrets": "abc",
  });
  expect(template.spec).toMatchObject({
    nodeSelector: { service: "api" },
    tolerations: [{ key: "api", operator: "Exists" }],
    imagePullSecrets: [{ name: "login" }],
    securityContext: { runAsUser: 101, runAsGroup: 1000 },
  });
  expect(template.spec.containers[0]).toMatchObject({
    image: "registry.example.org/team/api:1",
    imagePullPolicy: "Always",
    envFrom: [{ secretRef: { name: "api" } }],
    securityContext: { readOnlyRootFilesystem: false },
    volumeMounts: [{ mountPath: "/tmp" }, { mountPath: "/app/.next/cache" }],
  });
});

test("memory has its request as limit, and what a release sets of it moves both", () => {
  const resourcesOf = (name: Name) => podOf(name).containers[0].resources;
  expect(resourcesOf("api in production")).toEqual({
    requests: { cpu: "100m", memory: "512Mi" },
    limits: { memory: "512Mi" },
  });
  expect(resourcesOf("with everything")).toEqual({
    requests: { cpu: "100m", memory: "2Gi" },
    limits: { cpu: "1", memory: "2Gi" },
  });
});

test("an autoscaler sets the number of pods instead of the Deployment", () => {
  expect(deploymentOf("with everything")).not.toHaveProperty("replicas");
  expect(objectOf("with everything", "HorizontalPodAutoscaler").spec).toEqual({
    scaleTargetRef: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      name: "api-pr-12",
    },
    minReplicas: 1,
    maxReplicas: 9,
    metrics: [
      {
        type: "Resource",
        resource: {
          name: "cpu",
          target: { type: "Utilization", averageUtilization: 80 },
        },
      },
    ],
  });
  expect(kindsOf("api in production")).not.toContain("HorizontalPodAutoscaler");
});

test("a drain leaves all pods but one, or what the values say, 0 included", () => {
  const budgetOf = (name: Name) => objectOf(name, "PodDisruptionBudget").spec;
  expect(budgetOf("api in production")).toMatchObject({ maxUnavailable: 1 });
  expect(budgetOf("with everything")).toMatchObject({ minAvailable: 0 });
  expect(budgetOf("with everything")).not.toHaveProperty("maxUnavailable");
});

test("a network policy is the release's own, for its pods", () => {
  expect(kindsOf("api in production")).not.toContain("NetworkPolicy");
  expect(objectOf("with everything", "NetworkPolicy").spec).toEqual({
    podSelector: {
      matchLabels: deploymentOf("with everything").selector.matchLabels,
    },
    ingress: [{}],
  });
});

test("who serves nothing has neither Service nor Ingress nor port", () => {
  expect(kindsOf("without a server").sort()).toEqual([
    "Deployment",
    "PodDisruptionBudget",
  ]);
  expect(podOf("without a server").containers[0]).not.toHaveProperty("ports");
});
