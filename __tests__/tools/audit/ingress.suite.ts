import { evaluate, failuresOf } from "../../../tools/audit/evaluate";
import { exposuresOf } from "../../../tools/audit/exposures";
import { graphOf, ofType } from "../../../tools/audit/graph";
import { balancerSetting } from "../../../tools/audit/ingress";
import { ingressRows } from "../../../tools/audit/report/network-ingress";
import { stack } from "./samples/sample";

const params = (name: string, spec: object) => ({
  name: "ingress-class-params",
  values: [JSON.stringify({ name, spec })],
});

const annotated = (annotations: Record<string, string>, backend: object) => ({
  metadata: {
    name: "web",
    namespace: "web",
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([name, value]) => [
        `alb.ingress.kubernetes.io/${name}`,
        value,
      ]),
    ),
  },
  spec: {
    ingress_class_name: "public",
    rule: [{ host: "*.example.com", http: { path: [{ path: "/", backend }] } }],
  },
});

const graph = graphOf({
  one: stack({
    "helm_release.params": params("public", {
      scheme: "internet-facing",
      sslRedirectPort: "443",
      inboundCIDRs: ["203.0.113.0/24", "198.51.100.0/24"],
      loadBalancerAttributes: [
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "deletion_protection.enabled", value: "false" },
      ],
    }),
    "helm_release.others": params("internal", { targetType: "ip" }),
    "kubernetes_ingress_v1.web": annotated(
      {
        scheme: "internal",
        "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "listen-ports": '[{"HTTP":80}]',
        "actions.closed": JSON.stringify({
          fixedResponseConfig: { statusCode: "503" },
        }),
      },
      { service: { name: "closed", port: { name: "use-annotation" } } },
    ),
  }),
});
const [ingress] = ofType(graph, "kubernetes_ingress_v1");
if (ingress === undefined) throw new Error("no Ingress");

test("parameters of its class win over annotations, and others' are nothing to it", () => {
  const told = (name: string) => balancerSetting(graph, ingress, name);
  expect(told("scheme")).toBe("internet-facing");
  expect(told("load-balancer-attributes")).toBe(
    "access_logs.s3.enabled=true,deletion_protection.enabled=false",
  );
  expect(told("ssl-policy")).toBe("ELBSecurityPolicy-TLS13-1-2-2021-06");
  expect(told("target-type")).toBeUndefined();
});

test("who may come in, and where plain HTTP leads, is what the class says", () => {
  expect(ingressRows(graph)).toEqual([
    expect.arrayContaining([
      expect.stringContaining("203.0.113.0/24"),
      "Ingress web: redirected to 443",
    ]),
  ]);
  expect(exposuresOf(graph).map(({ what }) => what)).toContain(
    "web/web: no web ACL",
  );
});

test("what the load balancer answers by itself reaches no service, whatever the host", () => {
  const breaks = (id: string): boolean =>
    failuresOf(evaluate(graph)).some(
      ({ rule, subject }) => rule.id === id && subject === ingress,
    );
  expect(breaks("load-balancer/one-host")).toBe(false);
  expect(breaks("load-balancer/closed-paths")).toBe(false);
  expect(breaks("load-balancer/redirect")).toBe(false);
  expect(breaks("load-balancer/pod-targets")).toBe(true);
});
