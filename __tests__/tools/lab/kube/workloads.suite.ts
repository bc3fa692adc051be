import { type Kubeconfig, loginOf } from "../../../../tools/lab/kube/cluster";
import { clusterOverride } from "../../../../tools/lab/stand-ins/cluster-override";

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
