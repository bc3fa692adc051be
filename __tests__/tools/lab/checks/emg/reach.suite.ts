import {
  type End,
  type NetworkPolicy,
  mayConnect,
} from "../../../../../tools/lab/checks/emg/reach";

const pod = (app: string, namespace = "emg"): End => ({
  namespace,
  labels: { app },
  namespaceLabels: { "kubernetes.io/metadata.name": namespace },
});

const policy = (
  app: string | undefined,
  rules: Pick<NetworkPolicy["spec"], "ingress" | "egress">,
): NetworkPolicy => ({
  metadata: { name: app ?? "deny", namespace: "emg" },
  spec: {
    podSelector: app === undefined ? {} : { matchLabels: { app } },
    policyTypes: ["Ingress", "Egress"],
    ...rules,
  },
});

const peer = (app: string) => ({ podSelector: { matchLabels: { app } } });

const policies = [
  policy(undefined, {}),
  policy("server", {
    ingress: [{ from: [peer("login")], ports: [{ port: "4200" }] }],
    egress: [
      {
        to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }],
        ports: [{ port: 5432, protocol: "TCP" }],
      },
    ],
  }),
  policy("login", {
    ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/24" } }] }],
    egress: [
      { to: [peer("server")], ports: [{ port: 4200 }] },
      {
        to: [
          {
            namespaceSelector: {
              matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
            },
            ...peer("dns"),
          },
        ],
        ports: [{ port: "53", protocol: "UDP" }],
      },
    ],
  }),
];

test.each<[string, End, End, number, boolean]>([
  ["both sides name the other", pod("login"), pod("server"), 4200, true],
  ["another port", pod("login"), pod("server"), 4201, false],
  ["the other way", pod("server"), pod("login"), 4200, false],
  ["who is not named", pod("jobs"), pod("server"), 4200, false],
  [
    "the same label in another namespace",
    pod("login", "other"),
    pod("server"),
    4200,
    false,
  ],
  ["a range", pod("server"), { address: "10.0.0.1" }, 5432, true],
  [
    "what is left out of it",
    pod("server"),
    { address: "10.1.0.1" },
    5432,
    false,
  ],
  [
    "an address that may come in",
    { address: "10.0.0.9" },
    pod("login"),
    1,
    true,
  ],
  ["one that may not", { address: "10.0.1.9" }, pod("login"), 1, false],
  [
    "who is selected by no policy",
    pod("a", "other"),
    pod("b", "other"),
    1,
    true,
  ],
])("%s", (_what, from, to, port, expected) => {
  expect(mayConnect(policies, { from, to, port })).toBe(expected);
});

test("a namespace and pods of it are meant together, with their protocol", () => {
  const dns = { from: pod("login"), to: pod("dns", "kube-system"), port: 53 };
  expect(mayConnect(policies, { ...dns, protocol: "UDP" })).toBe(true);
  expect(mayConnect(policies, dns)).toBe(false);
  const other = { ...dns, to: pod("web", "kube-system") };
  expect(mayConnect(policies, { ...other, protocol: "UDP" })).toBe(false);
});

test("a selector that the lab cannot read is no guess", () => {
  const login = policy("login", {});
  const odd = {
    ...login,
    spec: { ...login.spec, podSelector: { matchExpressions: [{}] } },
  };
  expect(() =>
    mayConnect([odd], { from: pod("login"), to: pod("server"), port: 1 }),
  ).toThrow("matchExpressions");
});
