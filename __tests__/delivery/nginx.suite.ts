import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import {
  SUBNETS,
  ingressStack,
  policyOf,
  valuesOf,
} from "../support/delivery-ingress";
import { type SettingsChange } from "../support/settings";
import { isAllowedBy } from "../support/simulate-principal";
import { onlyResource, resourcesOf } from "../support/synth";

const letsencrypt = { kind: "letsencrypt", email: "ops@example.org" };
const nginxWith = (
  ingress: object = {},
  tls: object = {},
  change: SettingsChange = {},
) =>
  ingressStack({
    ...change,
    delivery: {
      ...change.delivery,
      ingress: { class: "nginx", ...ingress } as never,
      tls: { ...letsencrypt, ...tls } as never,
    },
  });
const stack = nginxWith();
const releases = resourcesOf(stack, "helm_release");
const nginx = valuesOf(stack, "nginx-ingress") as {
  controller: Record<string, unknown> & { service: Record<string, unknown> };
};
const issuers = valuesOf(stack, "cluster-issuers");

test("C15, C69: the controller of F5, pinned, with class nginx for the platform's namespaces, without snippets", () => {
  expect(releases["nginx-ingress"]).toMatchObject({
    chart: "nginx-ingress",
    version: "2.6.4",
    repository: "oci://ghcr.io/nginx/charts",
    namespace: "delivery-ingress",
  });
  expect(nginx.controller).toMatchObject({
    ingressClass: { name: "nginx", create: true },
    watchNamespaceLabel: "delivery=true",
    enableSnippets: false,
    enableCustomResources: false,
    replicaCount: 2,
    podDisruptionBudget: { enabled: true },
    readOnlyRootFilesystem: true,
    telemetryReporting: { enable: false },
  });
  expect(resourcesOf(stack, "kubernetes_namespace_v1")).toMatchObject({
    "ingress-namespace": {
      metadata: {
        labels: {
          delivery: "true",
          "pod-security.kubernetes.io/enforce": "restricted",
        },
      },
    },
  });
});

test.each([
  ["internet-facing", Object.values(SUBNETS.publicSubnetIds)],
  ["internal", Object.values(SUBNETS.privateSubnetIds)],
] as const)(
  "C69: a %s Network Load Balancer in its subnets, for the ranges of the settings, that says whose a connection is",
  (scheme, subnets) => {
    const changed = nginxWith({ scheme, inboundCidrs: ["192.0.2.0/24"] });
    const { controller } = valuesOf(changed, "nginx-ingress") as typeof nginx;
    expect(controller.service).toMatchObject({
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      loadBalancerSourceRanges: ["192.0.2.0/24"],
    });
    const annotation = (name: string) =>
      (controller.service.annotations as Record<string, string>)[
        `service.beta.kubernetes.io/aws-load-balancer-${name}`
      ];
    expect(annotation("scheme")).toBe(scheme);
    expect(annotation("subnets")).toBe(subnets.join(","));
    expect(annotation("nlb-target-type")).toBe("ip");
    expect(annotation("proxy-protocol")).toBe("*");
    expect(controller.config).toMatchObject({
      entries: {
        "proxy-protocol": "True",
        "real-ip-header": "proxy_protocol",
        "set-real-ip-from": "10.42.0.0/16",
      },
    });
    // The one of the other scheme is removed once this one has its load balancer.
    expect(valuesOf(changed, "nginx-ingress").serviceNameOverride).toBe(
      `nginx-${scheme}`,
    );
  },
);

test("records lead to the load balancer of the Service", () => {
  const records = Object.values(resourcesOf(stack, "aws_route53_record"));
  expect(records).toHaveLength(2);
  for (const record of records)
    expect(record.alias).toMatchObject({
      name: "${data.kubernetes_service_v1.nginx-service.status[0].load_balancer[0].ingress[0].hostname}",
      zone_id: "${data.aws_lb_hosted_zone_id.load-balancer-zone.id}",
    });
  expect(stack.data).toMatchObject({
    kubernetes_service_v1: {
      "nginx-service": {
        metadata: { name: "nginx-internet-facing" },
        depends_on: ["helm_release.nginx-ingress"],
      },
    },
    aws_lb_hosted_zone_id: {
      "load-balancer-zone": { load_balancer_type: "network" },
    },
  });
});

test("C19: cert-manager, pinned, with its definitions, in a namespace of its own", () => {
  expect(releases["cert-manager"]).toMatchObject({
    chart: "cert-manager",
    version: "v1.21.1",
    repository: "oci://quay.io/jetstack/charts",
    namespace: "cert-manager",
  });
  expect(valuesOf(stack, "cert-manager")).toMatchObject({
    crds: { enabled: true },
    global: { leaderElection: { namespace: "cert-manager" } },
    serviceAccount: {
      name: "cert-manager",
      annotations: {
        "eks.amazonaws.com/role-arn": "${aws_iam_role.cert-manager-role.arn}",
      },
    },
  });
  const { assume_role_policy: trust } = onlyResource(stack, "aws_iam_role");
  expect(trust).toContain("system:serviceaccount:cert-manager:cert-manager");
});

test("C21: the certificate of the domain is the controller's own, so that a service needs none", () => {
  expect(issuers).toMatchObject({
    domain: "scp.example.org",
    secretName: "delivery-tls",
    secretNamespace: "delivery-ingress",
  });
  for (const key of ["defaultTLS", "wildcardTLS"])
    expect(nginx.controller[key]).toEqual({
      secret: "delivery-ingress/delivery-tls",
    });
});

test.each(["letsencrypt-prod", "letsencrypt-staging"])(
  "C20: issuer %s, account and zone are those of the settings",
  (issuer) => {
    expect(
      valuesOf(nginxWith({}, { issuer }), "cluster-issuers"),
    ).toMatchObject({
      issuer,
      email: "ops@example.org",
      region: "eu-central-1",
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
    });
  },
);

test("C63: a destroy takes the controller, then certificate and issuers, then cert-manager", () => {
  expect(releases["nginx-ingress"]?.depends_on).toContain(
    "helm_release.cluster-issuers",
  );
  expect(releases["cluster-issuers"]?.depends_on).toEqual(
    expect.arrayContaining([
      "helm_release.cert-manager",
      "kubernetes_namespace_v1.ingress-namespace",
    ]),
  );
});

test("the controller reaches names, the Kubernetes API and services; it is reached from the VPC only", () => {
  const { spec } = resourcesOf(stack, "kubernetes_network_policy_v1")[
    "ingress-traffic"
  ] as { spec: { ingress: unknown; egress: unknown[] } };
  expect(spec.ingress).toEqual([
    {
      from: [{ ip_block: { cidr: "10.42.0.0/16" } }],
      ports: ["80", "443"].map((port) => ({ port, protocol: "TCP" })),
    },
  ]);
  expect(spec.egress[1]).toMatchObject({
    to: [{ ip_block: { cidr: "10.100.0.0/16" } }],
    ports: [{ port: "53" }, { port: "53" }],
  });
  expect(spec.egress).toHaveLength(4);
  expect(spec.egress[3]).toEqual({
    to: [{ namespace_selector: { match_labels: { delivery: "true" } } }],
  });
});

const may = (does: string, to: string, name = "", type = "TXT") =>
  isAllowedBy([policyOf(stack, "cert-manager")], {
    does,
    to,
    with: does.endsWith("ChangeResourceRecordSets")
      ? {
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
          "route53:ChangeResourceRecordSetsRecordTypes": [type],
          "route53:ChangeResourceRecordSetsActions": ["UPSERT"],
        }
      : {},
  });
const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const CHANGE = "route53:ChangeResourceRecordSets";

test.each([
  [CHANGE, ZONE, "_acme-challenge.scp.example.org", "TXT", true],
  [CHANGE, ZONE, "_acme-challenge.api.scp.example.org", "TXT", true],
  [CHANGE, ZONE, "_acme-challenge.scp.example.org", "CNAME", false],
  [CHANGE, ZONE, "api.scp.example.org", "TXT", false],
  [CHANGE, ZONE, "_acme-challenge.example.org", "TXT", false],
  [CHANGE, `${ZONE}2`, "_acme-challenge.scp.example.org", "TXT", false],
  ["route53:GetChange", "arn:aws:route53:::change/C1", "", "", true],
  ["route53:ListResourceRecordSets", ZONE, "", "", true],
  ["route53:ListHostedZonesByName", "*", "", "", false],
])(
  "C20: cert-manager: %s of %s for %s %s: %s",
  async (does, to, name, type, allowed) => {
    expect(await may(does, to, name, type)).toBe(allowed);
  },
);

test("C19: nothing of it is there with class alb and a certificate of ACM", () => {
  expect(JSON.stringify(ingressStack())).not.toMatch(
    /cert-manager|nginx|letsencrypt/,
  );
});

test("C15, C18: the retired ingress-nginx and the annotation that names a class are nowhere", () => {
  const files = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  for (const file of [
    ...files(projectFile("modules/delivery")),
    ...files(projectFile("manifests")),
  ])
    expect([file, readFileSync(file, "utf8")]).not.toEqual([
      file,
      expect.stringMatching(
        /kubernetes\.io\/ingress\.class["']?:|registry\.k8s\.io\/ingress-nginx|kubernetes\.github\.io\/ingress-nginx/,
      ),
    ]);
});
