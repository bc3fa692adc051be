import { type Kubeconfig, loginOf } from "../../../../tools/lab/kube/cluster";
import { clusterOverride } from "../../../../tools/lab/stand-ins/cluster-override";
import {
  type Ingress,
  actionFor,
} from "../../../../tools/lab/kube/load-balancer-controller/ingress";

const base64 = (text: string) => Buffer.from(text).toString("base64");

const kubeconfig = (
  user: NonNullable<Kubeconfig["users"]>[number]["user"],
): Kubeconfig => ({
  clusters: [
    {
      cluster: {
        server: "https://127.0.0.1:16443",
        "certificate-authority-data": base64("authority"),
      },
    },
  ],
  users: [{ user }],
});

describe("the login of a kubeconfig", () => {
  test("a token", () => {
    expect(loginOf(kubeconfig({ token: "secret" }))).toEqual({
      host: "https://127.0.0.1:16443",
      cluster_ca_certificate: "authority",
      token: "secret",
    });
  });

  test("a client certificate goes before a token", () => {
    const user = {
      token: "secret",
      "client-certificate-data": base64("certificate"),
      "client-key-data": base64("key"),
    };
    expect(loginOf(kubeconfig(user))).toEqual({
      host: "https://127.0.0.1:16443",
      cluster_ca_certificate: "authority",
      client_certificate: "certificate",
      client_key: "key",
    });
  });

  test("another kind of login, or no cluster, is refused", () => {
    expect(() => loginOf(kubeconfig({}))).toThrow(
      "neither a token nor a client certificate",
    );
    // kubectl writes null for a list that is empty.
    expect(() => loginOf({ clusters: null, users: null })).toThrow(
      "names no cluster",
    );
  });
});

test("the override gives both providers the login, and takes away every other one", () => {
  const whole = {
    host: "https://cluster",
    cluster_ca_certificate: null,
    insecure: null,
    token: null,
    client_certificate: "certificate",
    client_key: "key",
  };
  expect(
    clusterOverride({
      host: "https://cluster",
      client_certificate: "certificate",
      client_key: "key",
    }),
  ).toEqual({
    provider: { kubernetes: [whole], helm: [{ kubernetes: whole }] },
  });
});

describe("what the load-balancer controller owes an Ingress", () => {
  const ingress = (change: {
    metadata?: Partial<Ingress["metadata"]>;
    status?: Ingress["status"];
    ingressClassName?: string;
  }): Ingress => ({
    metadata: { name: "wave", namespace: "wave", ...change.metadata },
    spec: { ingressClassName: change.ingressClassName ?? "alb" },
    status: change.status,
  });
  const held = { finalizers: ["ingress.k8s.aws/resources"] };
  const status = { loadBalancer: { ingress: [{ hostname: "lb" }] } };
  const deletionTimestamp = "2026-01-01T00:00:00Z";
  test.each([
    ["a new one gets a load balancer", ingress({}), "create"],
    ["one without status too", ingress({ metadata: held }), "create"],
    ["a finished one nothing", ingress({ metadata: held, status }), undefined],
    [
      "another class nothing",
      ingress({ ingressClassName: "nginx" }),
      undefined,
    ],
    [
      "a deleted one loses it",
      ingress({ metadata: { ...held, deletionTimestamp }, status }),
      "remove",
    ],
    [
      "one that was let go nothing",
      ingress({ metadata: { deletionTimestamp }, status }),
      undefined,
    ],
  ])("%s", (_, one, wanted) => {
    expect(actionFor(one)).toBe(wanted);
  });
});
