import { parseAllDocuments } from "yaml";
import { type Release } from "../support/helm";
import { templateText } from "./workflows";

/** What the ConfigMap account-config says. */
const myAccount = {
  domainName: "scp.example.org",
  region: "eu-central-1",
  accountId: "123456789012",
  publicFacing: "true",
  acmCertificate: "arn:aws:acm:eu-central-1:123456789012:certificate/1",
  selfSignedCertificate: "false",
};

const release = (
  service: string,
  values: Record<string, unknown>,
  sandboxId = "default",
): Release => ({
  name: service,
  namespace: `${service}-${sandboxId}`,
  values: {
    myAccount,
    kubernetes: { env: "production" },
    biomageCi: { repo: `example/${service}`, sandboxId },
    image: {
      registry: "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
      tag: "0.39.0",
    },
    ...values,
  },
});

const staging = (values: Record<string, unknown>) =>
  release("api", { kubernetes: { env: "staging" }, ...values }, "pr-12");

/** Values that releases of services have set for years: none may be refused, and each must still do what it did. */
const OLDER_RELEASES = {
  "api in production": release("api", {
    service: { externalPort: 3000, internalPort: 3000 },
    readinessProbe: { path: "/v2/health" },
    livenessProbe: { probeType: "tcpSocket" },
    resources: { requests: { cpu: "100m" } },
    hpa: { enabled: false },
    loadBalancerHealthCheck: { path: "/" },
    biomageCi: {
      repo: "example/api",
      ref: "refs-heads-master",
      sandboxId: "default",
      rdsSandboxId: "shared",
    },
    image: {
      registry: "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
      repository: "api",
      tag: "0.39.0",
    },
    replicaCount: 4,
    serviceAccount: { iamRole: "api-role-production" },
  }),
  "ui in production": release("ui", {
    deploymentApiVersion: "apps/v1",
    readinessProbe: { probeType: "exec", command: ["echo", "0"] },
    loadBalancerHealthCheck: { path: "/robots.txt", periodSeconds: 30 },
    service: { additionalHosts: true },
    ingress: {
      annotations: {
        "kubernetes.io/ingress.class": "alb",
        "alb.ingress.kubernetes.io/target-type": "ip",
      },
    },
    replicaCount: 4,
  }),
};

/** Values of the template of a release, filled in, with what a service writes below them. */
function templateValues(written: string): Record<string, unknown> {
  const filled = `${templateText("flux-service")}${written}`
    .replaceAll("${REPOSITORY}", "example/ui")
    .replace(/\$\{(\w+)\}/g, (_, name: string) =>
      name.toLowerCase().replaceAll("_", "-"),
    );
  const [, release] = parseAllDocuments(filled).map(
    (document) => document.toJS() as { spec: { values: object } },
  );
  return { ...release?.spec.values };
}

/** Releases of the chart `nodejs`, by what is special about them. */
export const NODEJS_RELEASES = {
  ...OLDER_RELEASES,
  "a sandbox of staging": staging({ service: { internalPort: 8080 } }),
  "behind NGINX": staging({ ingress: { ingressClassName: "nginx" } }),
  "behind NGINX by account-config, with an issuer": staging({
    myAccount: {
      ...myAccount,
      ingressClassName: "nginx",
      clusterIssuer: "letsencrypt-prod",
    },
    service: { additionalHosts: true },
  }),
  "with an account of its own": staging({
    serviceAccount: { create: true, name: "worker", iamRole: "worker-role" },
  }),
  "with everything": staging({
    strategyType: "Recreate",
    podAnnotations: { team: "core" },
    nodeSelector: { service: "api" },
    tolerations: [{ key: "api", operator: "Exists" }],
    image: {
      registry: "registry.example.org",
      repository: "team/api",
      tag: "1",
      pullPolicy: "Always",
      secrets: [{ name: "login" }],
    },
    application: {
      secretName: "api",
      secretChecksum: "abc",
      env: { LOG: "debug", AWS_REGION: "eu-west-1" },
    },
    securityContext: { runAsUser: 101, readOnlyRootFilesystem: false },
    writablePaths: ["/tmp", "/app/.next/cache"],
    resources: { requests: { memory: "2Gi" }, limits: { cpu: "1" } },
    livenessProbe: {
      ...{ probeType: "httpGet", path: "/alive", scheme: "HTTPS" },
      ...{ initialDelaySeconds: 1, timeoutSeconds: 2 },
      ...{ periodSeconds: 3, failureThreshold: 4 },
    },
    readinessProbe: {
      ...{ probeType: "tcpSocket", initialDelaySeconds: 5, timeoutSeconds: 6 },
      ...{ periodSeconds: 7, failureThreshold: 8, successThreshold: 9 },
    },
    hpa: { enabled: true, maxReplicas: 9 },
    podDisruptionBudget: { minAvailable: 0 },
    networkPolicy: { enabled: true, spec: { ingress: [{}] } },
  }),
  "of the template, with another port": release(
    "ui",
    templateValues("    service: { internalPort: 3000 }\n"),
  ),
  "without a server": release("worker", { service: { enabled: false } }),
  "wrong: a name that no value has": staging({ replicasCount: 2 }),
  "wrong: a probe by a command that is not there": staging({
    livenessProbe: { probeType: "exec" },
  }),
  "wrong: a tag that is a number": staging({
    image: { registry: "registry.example.org", tag: 1.1 },
  }),
  "wrong: without account-config": staging({ myAccount: {} }),
} satisfies Record<string, Release>;
