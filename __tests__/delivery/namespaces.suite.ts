import { parse } from "yaml";
import { accountConfig } from "../../modules/delivery/namespaces";
import { networkPolicies } from "../../modules/delivery/network-policies";
import { deliveryStack } from "../support/delivery";
import { EXISTING_NETWORK } from "../support/existing";
import { type SettingsChange, deliverySettings } from "../support/settings";
import { type StackJson, resourcesOf } from "../support/synth";

const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1";

interface ObjectJson {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

const objectsOf = (stack: StackJson, type: string): ObjectJson[] =>
  Object.values(
    resourcesOf(stack, `kubernetes_${type}_v1`),
  ) as unknown[] as ObjectJson[];
const inNamespace = (stack: StackJson, type: string, namespace: string) =>
  objectsOf(stack, type).filter(
    ({ metadata }) => metadata.namespace === namespace,
  );

const stack = deliveryStack();
const SERVICES = ["ui-default", "api-default", "worker-default"];

test("C64: each namespace of a service says whose it is, may use the load balancer, and enforces the Pod Security of its service", () => {
  const changed = deliverySettings();
  const [ui] = changed.delivery.services;
  if (ui === undefined) throw new Error("no service");
  const strict = deliveryStack({
    delivery: { services: [{ ...ui, podSecurity: "restricted" }] },
  });
  const labels = (json: StackJson, name: string) =>
    objectsOf(json, "namespace").find(({ metadata }) => metadata.name === name)
      ?.metadata.labels;
  for (const name of SERVICES)
    expect(labels(stack, name)).toMatchObject({
      delivery: "true",
      "delivery/service": name.replace("-default", ""),
      "pod-security.kubernetes.io/enforce": "baseline",
      "pod-security.kubernetes.io/warn": "restricted",
    });
  expect(labels(strict, "ui-default")).toMatchObject({
    "pod-security.kubernetes.io/enforce": "restricted",
  });
  expect(labels(strict, "api-default")).toBeUndefined();
});

test("every namespace refuses a destroy while retain is on", () => {
  const guards = (json: StackJson) =>
    objectsOf(json, "namespace").map(({ lifecycle }) => lifecycle);
  expect(guards(stack)).toContainEqual({ prevent_destroy: true });
  expect(guards(stack)).not.toContainEqual({ prevent_destroy: false });
  expect(guards(deliveryStack({ retain: false }))).not.toContainEqual({
    prevent_destroy: true,
  });
});

test("no account of a service mounts a token of the cluster, and the default one is worth nothing", () => {
  for (const namespace of SERVICES) {
    const accounts = [
      ...inNamespace(stack, "service_account", namespace),
      ...inNamespace(stack, "default_service_account", namespace),
    ];
    expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual([
      "default",
      "deployment-runner",
      "flux-deployer",
    ]);
    for (const account of accounts)
      expect(account.automount_service_account_token).toBe(false);
  }
});

test("a mirror that asks for a login is logged in to in every namespace, by the accounts of pods", () => {
  const mirrored = deliveryStack({
    registries: [{ host: "registry.example.com", secret: "mirror" }],
  });
  for (const namespace of SERVICES) {
    expect(inNamespace(mirrored, "secret", namespace)).toMatchObject([
      { metadata: { name: "registry-logins" } },
    ]);
    for (const type of ["service_account", "default_service_account"])
      expect(inNamespace(mirrored, type, namespace)).toContainEqual(
        expect.objectContaining({
          image_pull_secret: [{ name: "registry-logins" }],
        }),
      );
  }
  for (const namespace of SERVICES)
    expect(inNamespace(stack, "secret", namespace)).toEqual([]);
});

test("C31, C67: account-config holds texts only, in every namespace of a service and in that of Flux", () => {
  const maps = objectsOf(stack, "config_map");
  expect(maps.map(({ metadata }) => metadata.namespace).sort()).toEqual(
    [...SERVICES, "flux-system"].sort(),
  );
  for (const { metadata, data } of maps) {
    expect(metadata.name).toBe("account-config");
    const documents = data as Record<string, string>;
    expect(Object.keys(documents)).toEqual(["account-config.yaml"]);
    const text = documents["account-config.yaml"] ?? "";
    // As readers of YAML 1.1 have it, where yes and on are no texts.
    const { myAccount } = parse(text, { version: "1.1" }) as {
      myAccount: Record<string, unknown>;
    };
    expect(myAccount).toMatchObject({
      domainName: "scp.example.org",
      region: "eu-central-1",
      accountId: "123456789012",
      publicFacing: "true",
      ingressClassName: "delivery",
      selfSignedCertificate: "false",
    });
    for (const [key, value] of Object.entries(myAccount)) {
      expect(typeof value).toBe("string");
      expect(key).not.toMatch(/key|token|secret|password/i);
    }
  }
});

test("C31: account-config says where the domain is served, and takes more values", () => {
  const config = (change: SettingsChange, certificate?: string) =>
    accountConfig(deliverySettings(change), certificate);
  expect(
    config({ delivery: { ingress: { scheme: "internal" } } }),
  ).toMatchObject({ publicFacing: "false" });
  expect(config({ delivery: { ingress: { class: "nginx" } } })).toMatchObject({
    ingressClassName: "nginx",
  });
  expect(config({}, CERTIFICATE)).toMatchObject({
    acmCertificate: CERTIFICATE,
  });
  expect(config({})).not.toHaveProperty("acmCertificate");
  const given = { publicFacing: "no", pattern: "${USER}-*" };
  expect(config({ delivery: { accountConfig: given } })).toMatchObject({
    publicFacing: "no",
    // Terraform would take it for an expression.
    pattern: "$${USER}-*",
  });
});

test("C67: a value that YAML would read as something else stays a text", () => {
  const odd = deliveryStack({
    delivery: { accountConfig: { flag: "yes", number: "012", text: "a: b" } },
  });
  const [map] = objectsOf(odd, "config_map");
  const { "account-config.yaml": text = "" } = map?.data as Record<
    string,
    string
  >;
  expect(parse(text, { version: "1.1" })).toMatchObject({
    myAccount: { flag: "yes", number: "012", text: "a: b" },
  });
});

const LABELLED = { namespace_selector: { match_labels: { delivery: "true" } } };
const block = (...cidrs: string[]) =>
  cidrs.map((cidr) => ({ ipBlock: { cidr } }));

/** Rules of the policy that opens a namespace. */
function rulesOf(change: SettingsChange = {}, egressPorts = [443]) {
  const policies = networkPolicies(
    deliverySettings(change),
    { egressPorts },
    "api-default",
  );
  return JSON.parse(JSON.stringify(policies.delivery?.spec)) as {
    ingress: [{ from: unknown[]; ports?: unknown }];
    egress: { to: unknown[]; ports?: { port: string }[] }[];
  };
}

test("a namespace is closed both ways, and opened by one policy of every pod", () => {
  for (const namespace of SERVICES) {
    const policies = inNamespace(stack, "network_policy", namespace);
    expect(policies).toMatchObject([
      {
        metadata: { name: "default-deny" },
        spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
      },
      {
        metadata: { name: "delivery" },
        spec: {
          pod_selector: {},
          ingress: [{ from: expect.arrayContaining([LABELLED]) as unknown }],
          egress: expect.arrayContaining([{ to: [LABELLED] }]) as unknown,
        },
      },
    ]);
    expect(policies[0]?.spec).not.toHaveProperty("ingress");
    expect(policies[0]?.spec).not.toHaveProperty("egress");
  }
});

test("in comes the load balancer by the subnets it stands in, or the Ingress Controller by its namespace", () => {
  const sources = (change: SettingsChange) =>
    rulesOf(change).ingress[0].from.slice(1);
  const network = EXISTING_NETWORK;
  expect(sources({ network })).toEqual(
    block("10.20.240.0/24", "10.20.241.0/24"),
  );
  expect(
    sources({ network, delivery: { ingress: { scheme: "internal" } } }),
  ).toEqual(block("10.20.0.0/20", "10.20.16.0/20"));
  // NGINX stands in a namespace with the label of those of services.
  expect(sources({ delivery: { ingress: { class: "nginx" } } })).toEqual([]);
});

test("out go the ports of the service, without the node's credentials, and Redis in the private subnets", () => {
  const ports = (change: SettingsChange, egressPorts?: number[]) =>
    rulesOf(change, egressPorts)
      .egress.slice(3)
      .map(({ to, ports: open = [] }) => [to, open.map(({ port }) => port)]);
  const network = EXISTING_NETWORK;
  const internet = [
    {
      ipBlock: {
        cidr: "0.0.0.0/0",
        except: ["169.254.169.254/32", "169.254.170.23/32"],
      },
    },
  ];
  const redis = [block("10.20.0.0/20", "10.20.16.0/20"), ["6379"]];
  expect(ports({ network }, [443, 5432])).toEqual([
    [internet, ["443", "5432"]],
    redis,
  ]);
  // A rule without ports would open all of them.
  expect(ports({ network }, [])).toEqual([redis]);
  expect(
    ports({ network, delivery: { stores: { redis: undefined } } }),
  ).toEqual([[internet, ["443"]]]);
  expect(
    ports({
      network: { ...network, endpointCidrs: ["10.20.9.0/24"] },
      delivery: { stores: { redis: undefined } },
    }),
  ).toEqual([
    [internet, ["443"]],
    [block("10.20.9.0/24"), ["443"]],
  ]);
  expect(
    rulesOf({
      network: { proxy: { url: "http://proxy.example.com:3128" } },
    }).egress[3]?.ports?.map(({ port }) => port),
  ).toEqual(["443", "3128"]);
});

test("C12: who forwards ports finds pods and opens a port, in the namespaces that are named, and reads no Secret", () => {
  const role = "port-forward";
  const rule = [
    { api_groups: [""], resources: ["pods"], verbs: ["get", "list"] },
    { api_groups: [""], resources: ["pods/portforward"], verbs: ["create"] },
  ];
  const named = (json: StackJson, type: string) =>
    objectsOf(json, type).filter(({ metadata }) => metadata.name === role);
  expect(named(stack, "role")).toMatchObject([
    { metadata: { namespace: "api-default" }, rule },
  ]);
  expect(named(stack, "role_binding")).toMatchObject([
    {
      metadata: { namespace: "api-default" },
      role_ref: { kind: "Role", name: role },
      subject: [{ kind: "Group", name: "port-forward" }],
    },
  ]);
  const without = deliveryStack({ delivery: { portForward: undefined } });
  expect(named(without, "role")).toEqual([]);
  expect(named(without, "role_binding")).toEqual([]);
});

test("without Flux nobody deploys for it", () => {
  const without = deliveryStack({ delivery: { flux: undefined } });
  expect(JSON.stringify(without)).not.toContain("flux");
  for (const namespace of SERVICES)
    expect(inNamespace(without, "config_map", namespace)).toHaveLength(1);
});
