import { SUBNETS, ingressStack, valuesOf } from "../support/delivery-ingress";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { type SettingsChange } from "../support/settings";
import { onlyResource, resourcesOf } from "../support/synth";

const stack = ingressStack();
const specOf = (change: SettingsChange = {}) =>
  valuesOf(ingressStack(change), "ingress-class-params").spec as Record<
    string,
    unknown
  >;
const spec = specOf();
const withAlb = (alb: object): SettingsChange => ({
  delivery: { ingress: { class: "alb", ...alb } as never },
});
const attributesOf = ({ loadBalancerAttributes }: Record<string, unknown>) =>
  Object.fromEntries(
    (loadBalancerAttributes as { key: string; value: string }[]).map(
      ({ key, value }) => [key, value],
    ),
  );

test("C17: one load balancer for all Ingresses of the class, with name, certificate and redirect of the class", () => {
  expect(spec).toMatchObject({
    loadBalancerName: "services-prod-delivery",
    group: { name: "services-prod-delivery" },
    scheme: "internet-facing",
    subnets: { ids: Object.values(SUBNETS.publicSubnetIds) },
    ipAddressType: "ipv4",
    targetType: "ip",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    sslRedirectPort: "443",
    certificateArn: [
      expect.stringMatching(/^\$\{aws_acm_certificate_validation\./),
    ],
  });
});

test("C64: only namespaces of the platform may use the class", () => {
  expect(spec.namespaceSelector).toEqual({ matchLabels: { delivery: "true" } });
  expect(onlyResource(stack, "kubernetes_namespace_v1")).toMatchObject({
    metadata: { name: "delivery-ingress", labels: { delivery: "true" } },
  });
});

test("attributes that can be off are written when they are, or the load balancer would keep them", () => {
  expect(attributesOf(specOf(withAlb({ accessLogs: false })))).toEqual({
    "deletion_protection.enabled": "false",
    "routing.http.drop_invalid_header_fields.enabled": "true",
    "access_logs.s3.enabled": "false",
  });
  expect(spec.wafv2AclArn).toBe("none");
});

test("C17: access logs go to a bucket of their own, encrypted as load balancers need it, that a destroy empties without retain", () => {
  const loose = ingressStack({ retain: false });
  expect(onlyResource(loose, "aws_s3_bucket")).toMatchObject({
    bucket: "services-prod-delivery-logs-123456789012",
    force_destroy: true,
  });
  expect(
    JSON.stringify(
      resourcesOf(stack, "aws_s3_bucket_server_side_encryption_configuration"),
    ),
  ).toContain('"sse_algorithm":"AES256"');
  const { policy } = onlyResource(stack, "aws_s3_bucket_policy");
  expect(policy).toContain("logdelivery.elasticloadbalancing.amazonaws.com");
  // By way of the bucket's policy: the controller checks that it may write.
  expect(attributesOf(spec)["access_logs.s3.bucket"]).toMatch(
    /^\$\{aws_s3_bucket_policy\./,
  );
});

test("C17: an internal one stands in private subnets; ranges, ACL and security policy are those of the settings", () => {
  const wafAclArn =
    "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/1";
  expect(
    specOf(
      withAlb({
        scheme: "internal",
        inboundCidrs: ["192.0.2.0/24"],
        wafAclArn,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      }),
    ),
  ).toMatchObject({
    scheme: "internal",
    subnets: { ids: Object.values(SUBNETS.privateSubnetIds) },
    inboundCIDRs: ["192.0.2.0/24"],
    wafv2AclArn: wafAclArn,
    sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
  });
  // [] would leave nobody in or everybody, as the controller likes it.
  expect(spec).not.toHaveProperty("inboundCIDRs");
});

test("another's controller is not sent to AWS WAF", () => {
  const change = { network: EXISTING_NETWORK, cluster: EXISTING_CLUSTER };
  expect(specOf(change)).not.toHaveProperty("wafv2AclArn");
});

test("with IPv6 the load balancer has both kinds of addresses", () => {
  const dns = { owner: "terraform", ipv6: true } as const;
  expect(specOf({ delivery: { dns } }).ipAddressType).toBe("dualstack");
});

const pending = onlyResource(stack, "kubernetes_ingress_v1") as {
  metadata: { annotations: Record<string, string> };
  spec: {
    ingress_class_name: string;
    rule: { host: string; http: { path: Record<string, unknown>[] } }[];
  };
};

test("C24: an Ingress keeps the load balancer: it answers 503, after all others, for the domain and every name below", () => {
  const { annotations } = pending.metadata;
  expect(annotations["alb.ingress.kubernetes.io/group.order"]).toBe("1000");
  expect(
    JSON.parse(annotations["alb.ingress.kubernetes.io/actions.pending"] ?? ""),
  ).toMatchObject({
    type: "fixed-response",
    fixedResponseConfig: { statusCode: "503" },
  });
  expect(pending.spec.rule.map(({ host }) => host)).toEqual([
    "scp.example.org",
    "*.scp.example.org",
  ]);
  expect(pending).toMatchObject({ wait_for_load_balancer: true });
});

test("C17, C18: its listeners are an annotation, which the class cannot say; what the class says is said there only", () => {
  const names = Object.keys(pending.metadata.annotations)
    .filter((name) => name.startsWith("alb."))
    .map((name) => name.split("/")[1]);
  expect(names.sort()).toEqual([
    "actions.pending",
    "group.order",
    "listen-ports",
  ]);
  expect(pending.metadata.annotations).toHaveProperty(
    ["alb.ingress.kubernetes.io/listen-ports"],
    '[{"HTTP":80},{"HTTPS":443}]',
  );
  expect(pending.spec.ingress_class_name).toBe("delivery");
});

test("C24: pending paths are prefixes, or patterns where they have a *", () => {
  const pendingPaths = ["/v2/gem2sResults", "/v2/*/results"];
  const changed = onlyResource(
    ingressStack(withAlb({ pendingPaths })),
    "kubernetes_ingress_v1",
  ) as typeof pending;
  for (const { http } of changed.spec.rule)
    expect(http.path).toMatchObject([
      { path: "/v2/gem2sResults", path_type: "Prefix" },
      { path: "/v2/*/results", path_type: "ImplementationSpecific" },
    ]);
});

test("C18: the class refers to its parameters", () => {
  expect(onlyResource(stack, "kubernetes_ingress_class_v1")).toMatchObject({
    metadata: { name: "delivery" },
    spec: {
      controller: "ingress.k8s.aws/alb",
      parameters: [
        {
          api_group: "elbv2.k8s.aws",
          kind: "IngressClassParams",
          name: valuesOf(stack, "ingress-class-params").name,
        },
      ],
    },
  });
});

test("C63: a destroy takes records, Ingress, class and parameters in this order, and the namespace last", () => {
  const chain = [
    resourcesOf(stack, "aws_route53_record")["record-apex-a"],
    onlyResource(stack, "kubernetes_ingress_v1"),
    onlyResource(stack, "kubernetes_ingress_class_v1"),
    resourcesOf(stack, "helm_release")["ingress-class-params"],
  ];
  const needed = [
    "kubernetes_ingress_v1.pending",
    "kubernetes_ingress_class_v1.ingress-class",
    "helm_release.ingress-class-params",
    "kubernetes_namespace_v1.ingress-namespace",
  ];
  for (const [index, name] of needed.entries())
    expect(JSON.stringify(chain[index])).toContain(name);
});

test("another scheme is another Ingress: its load balancer is waited for", () => {
  expect(pending).toMatchObject({
    lifecycle: { replace_triggered_by: ["terraform_data.load-balancer"] },
  });
  expect(onlyResource(stack, "terraform_data")).toMatchObject({
    input: { scheme: "internet-facing" },
  });
});
