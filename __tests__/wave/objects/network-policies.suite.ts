import { withRelease } from "../../../modules/wave/release/release";
import { networkPolicies } from "../../../modules/wave/objects/network-policies";
import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { named, waveObjects } from "../../support/wave";

const specOf = (name: string, change: SettingsChange = {}) =>
  named(waveObjects(change).networkPolicies, name).spec;
const block = (cidr: string) => ({ ipBlock: { cidr } });
const tcp = (port: string) => ({ port, protocol: "TCP" });
const publicSubnets = ["10.40.192.0/22", "10.40.196.0/22", "10.40.200.0/22"];
const privateSubnets = ["10.40.0.0/19", "10.40.32.0/19", "10.40.64.0/19"];
const credentials = ["169.254.169.254/32", "169.254.170.23/32"];

const dns = {
  to: [
    {
      namespaceSelector: {
        matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
      },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: "53", protocol: "UDP" },
    { port: "53", protocol: "TCP" },
  ],
};

test.each([
  ["wave-default-deny", "wave"],
  ["wave-build-default-deny", "wave-build"],
])("K8S-21: %s closes namespace %s in both directions", (name, namespace) => {
  const policy = named(waveObjects().networkPolicies, name);
  expect(policy.metadata.namespace).toBe(namespace);
  expect(policy.spec).toEqual({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
  });
});

test("K8S-23: Wave takes 9090 from the load balancer's subnets only", () => {
  expect(specOf("wave")).toMatchObject({
    podSelector: { matchLabels: { app: "wave-app" } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [{ from: publicSubnets.map(block), ports: [tcp("9090")] }],
  });
});

test("K8S-23, ING-11: an internal load balancer sends from the private subnets", () => {
  const change = { wave: { ingress: { scheme: "internal" } } } as const;
  expect(specOf("wave", change).ingress).toEqual([
    { from: privateSubnets.map(block), ports: [tcp("9090")] },
  ]);
});

test("CFG-R10: with metrics, labelled namespaces may read them inside the cluster", () => {
  expect(specOf("wave", { wave: { metrics: true } }).ingress).toEqual([
    {
      from: [
        ...publicSubnets.map(block),
        { namespaceSelector: { matchLabels: { "wave/metrics": "read" } } },
      ],
      ports: [tcp("9090")],
    },
  ]);
});

test("Wave reaches DNS, the web without the node's credentials, Redis and SurrealDB", () => {
  expect(specOf("wave").egress).toEqual([
    dns,
    {
      to: [{ ipBlock: { cidr: "0.0.0.0/0", except: credentials } }],
      ports: [tcp("80"), tcp("443")],
    },
    { to: privateSubnets.map(block), ports: [tcp("6379")] },
    {
      to: [{ podSelector: { matchLabels: { app: "surrealv1" } } }],
      ports: [tcp("8000")],
    },
  ]);
});

test("K8S-23, INF-18: every build pod reaches DNS and the web, nothing of ours, and nobody reaches it", () => {
  expect(specOf("wave-build")).toEqual({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    egress: [
      dns,
      {
        to: [
          {
            ipBlock: {
              cidr: "0.0.0.0/0",
              except: ["10.40.0.0/16", "10.100.0.0/16", ...credentials],
            },
          },
        ],
        ports: [tcp("80"), tcp("443")],
      },
    ],
  });
});

test("K8S-23: with interface endpoints, builds reach 443 in the private subnets too", () => {
  const change: SettingsChange = { network: { interfaceEndpoints: ["sts"] } };
  expect(specOf("wave-build", change).egress).toContainEqual({
    to: privateSubnets.map(block),
    ports: [tcp("443")],
  });
});

test("the ranges are those of the facts, not of the settings: a given network has its own", () => {
  const settings = exampleSettings();
  const policies = networkPolicies(withRelease(settings), {
    ...waveInputs(settings),
    network: {
      vpcCidrs: ["10.1.0.0/16", "100.64.0.0/16"],
      privateCidrs: { a: "10.1.0.0/20" },
      publicCidrs: { a: "10.1.128.0/24" },
      serviceCidr: "172.20.0.0/16",
      endpointCidrs: ["10.1.200.0/24"],
    },
  });
  const { ingress } = named(policies, "wave").spec;
  expect(ingress).toMatchObject([{ from: [block("10.1.128.0/24")] }]);
  expect(named(policies, "wave-build").spec.egress).toEqual([
    dns,
    {
      to: [
        {
          ipBlock: {
            cidr: "0.0.0.0/0",
            except: [
              "10.1.0.0/16",
              "100.64.0.0/16",
              "172.20.0.0/16",
              ...credentials,
            ],
          },
        },
      ],
      ports: [tcp("80"), tcp("443")],
    },
    { to: [block("10.1.200.0/24")], ports: [tcp("443")] },
  ]);
});
