import { type NetworkPolicyV1SpecEgress } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { networkPolicies } from "../../modules/compute-env/network-policies";
import { withComputeEnv } from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";
import { named } from "../support/wave";

const CREDENTIALS = ["169.254.169.254/32", "169.254.170.23/32"];
const VPC = "10.40.0.0/16";
const SERVICES = "10.100.0.0/16";

const egressOf = (change: SettingsChange = {}, name = "tower-egress") =>
  named(networkPolicies(platformsSettings(change)), name).spec
    .egress as NetworkPolicyV1SpecEgress[];
const tcp = (...ports: number[]) =>
  ports.map((port) => ({ port: String(port), protocol: "TCP" }));
const DNS = ["UDP", "TCP"].map((protocol) => ({ port: "53", protocol }));

test("T-20: three policies that select every pod: closed, the internet, the Kubernetes API", () => {
  const policies = networkPolicies(platformsSettings());
  expect(Object.keys(policies)).toEqual([
    "tower-default-deny",
    "tower-egress",
    "tower-api",
  ]);
  for (const [name, { metadata, spec }] of Object.entries(policies)) {
    expect(metadata).toMatchObject({ name, namespace: "tower-nf" });
    expect(spec.podSelector).toEqual({});
    expect(spec.ingress).toBeUndefined();
  }
  expect(policies["tower-default-deny"]?.spec).toEqual({
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
  });
});

test("T-20: names are resolved by CoreDNS, wherever it runs", () => {
  expect(egressOf().slice(0, 2)).toEqual([
    {
      to: [
        {
          namespaceSelector: {
            matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
          },
          podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
        },
      ],
      ports: DNS,
    },
    { to: [{ ipBlock: { cidr: SERVICES } }], ports: DNS },
  ]);
});

test("T-20: the ports of the settings lead to the internet, and not to the VPC, Services or the node's credentials", () => {
  const change = { computeEnv: { egress: { ports: [443, 8443] } } };
  expect(egressOf(change).slice(2)).toEqual([
    {
      to: [
        {
          ipBlock: {
            cidr: "0.0.0.0/0",
            except: [VPC, SERVICES, ...CREDENTIALS],
          },
        },
      ],
      ports: tcp(443, 8443),
    },
  ]);
});

test("T-20: a second range of pods is closed too", () => {
  const change = { network: { podCidr: "100.64.0.0/16" } };
  expect(JSON.stringify(egressOf(change)[2])).toContain(
    JSON.stringify([VPC, "100.64.0.0/16", SERVICES, ...CREDENTIALS]),
  );
});

test("T-20: with the VPC open the node's credentials stay closed", () => {
  const change = { computeEnv: { egress: { closeVpc: false } } };
  expect(egressOf(change).slice(2)).toEqual([
    {
      to: [{ ipBlock: { cidr: "0.0.0.0/0", except: CREDENTIALS } }],
      ports: tcp(80, 443),
    },
  ]);
});

test("T-20: no port of the internet is no rule, because one without ports opens all", () => {
  expect(egressOf({ computeEnv: { egress: { ports: [] } } }).slice(2)).toEqual(
    [],
  );
});

test("T-20: interface endpoints answer on 443 in the subnets they stand in", () => {
  const change = {
    network: { interfaceEndpoints: ["sts"], zones: ["a", "b"] },
  };
  const [, , , rule, ...more] = egressOf(change as SettingsChange);
  expect(more).toEqual([]);
  expect(rule?.ports).toEqual(tcp(443));
  expect(rule?.to).toHaveLength(2);
});

test("T-20: the proxy's port is open, also in the VPC", () => {
  const change = {
    network: { proxy: { url: "http://proxy.example.com:3128" } },
  };
  expect(egressOf(change).at(-1)).toEqual({
    to: [{ ipBlock: { cidr: "0.0.0.0/0", except: CREDENTIALS } }],
    ports: tcp(3128),
  });
});

test("T-20: the Kubernetes API answers on 443, by its Service and in the VPC", () => {
  expect(egressOf({}, "tower-api")).toEqual([
    {
      to: [SERVICES, VPC].map((cidr) => ({ ipBlock: { cidr } })),
      ports: tcp(443),
    },
  ]);
});

test("the policies follow the namespace", () => {
  for (const { metadata } of Object.values(
    networkPolicies(withComputeEnv({ namespace: "pipelines" })),
  ))
    expect(metadata.namespace).toBe("pipelines");
});
