import { ingressStack, policyOf, valuesOf } from "../support/delivery-ingress";
import { onlyResource, resourcesOf } from "../support/synth";
import { isAllowedBy } from "../support/simulate-principal";
import { type SettingsChange } from "../support/settings";

const ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ";

const withExternalDns = (change: SettingsChange = {}) =>
  ingressStack({
    ...change,
    delivery: { ...change.delivery, dns: { owner: "external-dns" } as never },
  });
const stack = withExternalDns();
const values = valuesOf(stack, "external-dns");

test("C22: chart, pinned, in a namespace that enforces restricted and is closed but for names and the web", () => {
  expect(resourcesOf(stack, "helm_release")["external-dns"]).toMatchObject({
    chart: "external-dns",
    version: "1.21.1",
    repository: "https://kubernetes-sigs.github.io/external-dns",
    namespace: "external-dns",
  });
  const namespaces = resourcesOf(stack, "kubernetes_namespace_v1");
  expect(namespaces["external-dns-namespace"]).toMatchObject({
    metadata: {
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    },
    // It may go while the platform stays.
    lifecycle: { prevent_destroy: false },
  });
  const { spec } = resourcesOf(stack, "kubernetes_network_policy_v1")[
    "external-dns-traffic"
  ] as { spec: { egress: { to: unknown; ports: { port: string }[] }[] } };
  expect(spec).not.toHaveProperty("ingress");
  expect(spec.egress.map(({ ports }) => ports.map(({ port }) => port))).toEqual(
    [["53", "53"], ["53", "53"], ["443"]],
  );
  // CoreDNS is no pod on nodes of EKS Auto Mode.
  expect(spec.egress[1]?.to).toEqual([{ ip_block: { cidr: "10.100.0.0/16" } }]);
});

test("C22: it owns what it wrote, by the cluster's name, and removes a record with its Ingress", () => {
  expect(values).toMatchObject({
    policy: "sync",
    triggerLoopOnEvent: true,
    registry: "txt",
    txtOwnerId: "services-prod-eks",
  });
});

test("only Ingresses of the class get records, in the domain and its zone, which may be that of a parent domain", () => {
  expect(values).toMatchObject({
    sources: ["ingress"],
    domainFilters: ["scp.example.org"],
    extraArgs: {
      "ingress-class": "delivery",
      "zone-id-filter": "Z0123456789ABCDEFGHIJ",
      "aws-zone-match-parent": true,
    },
  });
  const nginx = withExternalDns({
    delivery: {
      ingress: { class: "nginx" } as never,
      tls: { kind: "letsencrypt", email: "ops@example.org" } as never,
    },
  });
  expect(valuesOf(nginx, "external-dns")).toMatchObject({
    extraArgs: { "ingress-class": "nginx" },
  });
});

test("its marks stand below the domain, also that of the domain itself, or the role could not write them", () => {
  // As Terraform reads it: %%{ stands for %{.
  expect(values.txtPrefix).toBe("external-dns-%%{record_type}.");
});

test("it is there before the first Ingress and until the last one is gone, or records would stay", () => {
  expect(
    resourcesOf(stack, "helm_release")["ingress-class-params"]?.depends_on,
  ).toContain("helm_release.external-dns");
});

test("the Ingress that keeps the load balancer gets no record", () => {
  expect(onlyResource(stack, "kubernetes_ingress_v1")).toMatchObject({
    metadata: {
      annotations: { "external-dns.alpha.kubernetes.io/controller": "none" },
    },
  });
});

test("C22: no other owner installs it", () => {
  expect(JSON.stringify(ingressStack())).not.toContain('"external-dns"');
});

test("image, login and proxy are those of the settings", () => {
  const mirrored = valuesOf(
    ingressStack({
      network: { proxy: { url: "http://proxy.example.com:3128" } },
      delivery: {
        dns: {
          owner: "external-dns",
          image: "registry.example.com/external-dns:v1",
        } as never,
      },
    }),
    "external-dns",
  );
  expect(mirrored.image).toEqual({
    repository: "registry.example.com/external-dns",
    tag: "v1",
  });
  expect(mirrored.env).toContainEqual({
    name: "HTTPS_PROXY",
    value: "http://proxy.example.com:3128",
  });
});

const may = (name: string, type: string, to = ZONE) =>
  isAllowedBy([policyOf(stack, "external-dns")], {
    does: "route53:ChangeResourceRecordSets",
    to,
    with: {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
      "route53:ChangeResourceRecordSetsRecordTypes": [type],
      "route53:ChangeResourceRecordSetsActions": ["CREATE"],
    },
  });

test.each([
  ["scp.example.org", "A", true],
  ["api.scp.example.org", "A", true],
  ["external-dns-a.api.scp.example.org", "TXT", true],
  ["external-dns-a.scp.example.org", "TXT", true],
  ["example.org", "A", false],
  ["www.example.org", "A", false],
  ["evilscp.example.org", "A", false],
  ["scp.example.org", "NS", false],
  ["scp.example.org", "MX", false],
])("its role writes %s %s: %s", async (name, type, allowed) => {
  expect(await may(name, type)).toBe(allowed);
});

test("its role writes to no other zone", async () => {
  expect(
    await may("scp.example.org", "A", "arn:aws:route53:::hostedzone/ZOTHER"),
  ).toBe(false);
});
