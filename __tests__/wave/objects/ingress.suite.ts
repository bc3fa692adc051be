import {
  loadBalancerIdentity,
  loadBalancerName,
} from "../../../modules/wave/objects/ingress";
import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { waveObjects } from "../../support/wave";

const annotationsOf = (change: SettingsChange = {}) => {
  const { annotations = {} } = waveObjects(change).ingress.metadata;
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [
      key.replace(/^alb\.ingress\.kubernetes\.io\//, ""),
      value,
    ]),
  );
};
const attributesOf = (change: SettingsChange = {}) =>
  annotationsOf(change)["load-balancer-attributes"]?.split(",");

const wafAclArn =
  "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/1";
const settings = exampleSettings();
const inputs = waveInputs(settings);

test("ING-16, K8S-18, PRO-02: Ingress wave-ingress waits for its load balancer", () => {
  const { metadata, waitForLoadBalancer } = waveObjects().ingress;
  expect(metadata).toMatchObject({ name: "wave-ingress", namespace: "wave" });
  expect(waitForLoadBalancer).toBe(true);
});

test("ING-02, ING-05, ING-10, ING-14, ING-15, SET-05: the annotations, all of them", () => {
  expect(annotationsOf()).toEqual({
    "actions.not-found":
      '{"type":"fixed-response","fixedResponseConfig":{"contentType":"text/plain","statusCode":"404","messageBody":"not found"}}',
    "actions.pairing-1":
      '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"wave","servicePort":80}]}}',
    "conditions.pairing-1":
      '[{"field":"source-ip","sourceIpConfig":{"values":["203.0.113.10/32"]}}]',
    "certificate-arn": inputs.identity.certificateArn,
    "healthcheck-path": "/health",
    "listen-ports": '[{"HTTP": 80}, {"HTTPS":443}]',
    "load-balancer-attributes": expect.any(String) as string,
    "load-balancer-name": "wave-prod-wave-alb",
    scheme: "internet-facing",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ssl-redirect": "443",
    subnets: Object.values(inputs.subnets.publicSubnetIds).join(","),
    "target-type": "ip",
    "wafv2-acl-arn": "none",
  });
});

test("ING-01: no action ssl-redirect, because an annotation redirects", () => {
  expect(annotationsOf()).not.toHaveProperty(["actions.ssl-redirect"]);
});

test("ING-03, ING-04: a group, with its order, only when asked for", () => {
  expect(annotationsOf()).not.toHaveProperty(["group.name"]);
  expect(annotationsOf()).not.toHaveProperty(["group.order"]);
  expect(
    annotationsOf({ wave: { ingress: { group: { name: "wave-alb" } } } }),
  ).toMatchObject({ "group.name": "wave-alb", "group.order": "10" });
});

test("ING-06, ING-07, ING-08: attributes on one line, with access logs in their bucket", () => {
  expect(annotationsOf()["load-balancer-attributes"]).toBe(
    "idle_timeout.timeout_seconds=910,routing.http2.enabled=false," +
      "routing.http.drop_invalid_header_fields.enabled=true," +
      `access_logs.s3.enabled=true,access_logs.s3.bucket=${inputs.data.accessLogsBucket},access_logs.s3.prefix=alb`,
  );
  expect(
    attributesOf({ wave: { ingress: { http2: true, accessLogs: false } } }),
  ).toEqual([
    "idle_timeout.timeout_seconds=910",
    "routing.http2.enabled=true",
    "routing.http.drop_invalid_header_fields.enabled=true",
    "access_logs.s3.enabled=false",
  ]);
});

test("ING-06: load balancer and Micronaut wait as long as the longest build", () => {
  const change = { wave: { build: { timeout: "30m" } } };
  expect(attributesOf(change)).toContain("idle_timeout.timeout_seconds=1810");
  expect(waveObjects(change).configFile).toMatchObject({
    micronaut: { server: { "idle-timeout": "1870s" } },
  });
});

test("ING-09, SET-08: the load balancer's name starts with the environment's and has 32 characters at most", () => {
  const long = exampleSettings({
    name: "container-registry",
    environment: "production",
  });
  expect(loadBalancerName(long)).toHaveLength(32);
  expect(loadBalancerName(long)).toMatch(
    /^container-registry-produc-[0-9a-f]{6}$/,
  );
  expect(
    annotationsOf({ wave: { ingress: { loadBalancerName: "mine" } } }),
  ).toMatchObject({ "load-balancer-name": "mine" });
});

test("ING-11, ING-12: scheme, ranges, WAF and TLS policy by setting", () => {
  expect(
    annotationsOf({
      wave: {
        ingress: {
          scheme: "internal",
          inboundCidrs: ["10.0.0.0/8", "203.0.113.0/24"],
          wafAclArn,
          sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
        },
      },
    }),
  ).toMatchObject({
    scheme: "internal",
    "inbound-cidrs": "10.0.0.0/8,203.0.113.0/24",
    "wafv2-acl-arn": wafAclArn,
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
    subnets: Object.values(inputs.subnets.privateSubnetIds).join(","),
  });
  expect(annotationsOf()).not.toHaveProperty(["inbound-cidrs"]);
});

/** Settings that say no more than the example, and each of them the other way. */
const switches: [string, SettingsChange][] = [
  ["the web ACL", { wave: { ingress: { wafAclArn } } }],
  ["access logs", { wave: { ingress: { accessLogs: false } } }],
  ["HTTP/2", { wave: { ingress: { http2: true } } }],
  ["the idle timeout", { wave: { ingress: { idleTimeoutSeconds: 4000 } } }],
  [
    "the TLS policy",
    { wave: { ingress: { sslPolicy: "ELBSecurityPolicy-A" } } },
  ],
  ["scheme and subnets", { wave: { ingress: { scheme: "internal" } } }],
];
test.each(switches)(
  "%s: what one value writes, the other writes too, because an annotation left out changes nothing",
  (_what, change) => {
    expect(Object.keys(annotationsOf(change))).toEqual(
      Object.keys(annotationsOf()),
    );
    const attribute = (text: string) => text.split("=")[0] ?? "";
    const names = (of: SettingsChange) =>
      new Set(
        attributesOf(of)
          ?.map(attribute)
          // Where logs go is read only while they are on.
          .filter((name) => !/s3\.(bucket|prefix)/.test(name)),
      );
    expect(names(change)).toEqual(names({}));
  },
);

test("in a group, what is off is left to the other members: two values for one thing are refused", () => {
  const change = {
    wave: { ingress: { group: { name: "shared" }, accessLogs: false } },
  };
  expect(annotationsOf(change)).not.toHaveProperty(["wafv2-acl-arn"]);
  expect(attributesOf(change)?.join()).not.toContain("access_logs");
});

test("ING-13, ING-17, SET-14: class alb; what is closed stands before / goes to wave:80", () => {
  const { ingressClassName, rule } = waveObjects().ingress.spec as {
    ingressClassName: string;
    rule: { host: string; http: { path: { path: string }[] } }[];
  };
  expect(ingressClassName).toBe("alb");
  expect(rule.map(({ host }) => host)).toEqual(["wave.example.com"]);
  const paths = rule[0]?.http.path ?? [];
  expect(paths.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["/prometheus", "/metrics", "/pairing"]),
  );
  expect(paths.at(-1)).toEqual({
    path: "/",
    pathType: "Prefix",
    backend: { service: { name: "wave", port: { number: 80 } } },
  });
});

/** What makes the Ingress anew: all that a load balancer keeps for its life. */
const identityOf = (change: SettingsChange = {}) =>
  loadBalancerIdentity(exampleSettings(change));

test.each<[string, SettingsChange]>([
  ["name", { wave: { ingress: { loadBalancerName: "other" } } }],
  ["scheme", { wave: { ingress: { scheme: "internal" } } }],
  ["group", { wave: { ingress: { group: { name: "shared" } } } }],
])("another %s of the load balancer makes the Ingress anew", (_key, change) => {
  expect(identityOf(change)).not.toEqual(identityOf());
});

test.each<[string, SettingsChange]>([
  ["access logs", { wave: { ingress: { accessLogs: false } } }],
  ["ranges", { wave: { ingress: { inboundCidrs: ["203.0.113.0/24"] } } }],
  ["zones", { network: { zones: ["a", "b"] } }],
])("other %s leave the Ingress where it is", (_key, change) => {
  expect(identityOf(change)).toEqual(identityOf());
});

test("the order in a group changes nothing but the order", () => {
  const group = (order: number) =>
    identityOf({ wave: { ingress: { group: { name: "shared", order } } } });
  expect(group(1)).toEqual(group(2));
});
