import { createNamespace } from "../../modules/emg/namespace";
import { PROXY } from "../support/emg-parts";
import { type SettingsChange, emgSettings } from "../support/settings";
import { onlyResource, resourcesOf, synthOne } from "../support/synth";

const synth = (change: SettingsChange = {}) =>
  synthOne((stack) => {
    const settings = emgSettings(change);
    createNamespace(stack, { settings, registryLogins: [] });
  });
const namespace = (change: SettingsChange = {}) =>
  onlyResource(synth(change), "kubernetes_namespace_v1");

test("E-01: the namespace may use the load balancer, and refuses pods beyond its level of Pod Security", () => {
  expect(namespace()).toMatchObject({
    metadata: {
      name: "emgapiv2-hl-exp",
      labels: {
        emg: "true",
        "pod-security.kubernetes.io/enforce": "restricted",
      },
    },
  });
  const relaxed = namespace({ emg: { podSecurity: "baseline" } });
  expect(relaxed).toMatchObject({
    metadata: {
      labels: {
        "pod-security.kubernetes.io/enforce": "baseline",
        "pod-security.kubernetes.io/warn": "restricted",
      },
    },
  });
});

test("E-01: a destroy is refused while retain is on", () => {
  expect(namespace().lifecycle).toEqual({ prevent_destroy: true });
  expect(namespace({ retain: false }).lifecycle).not.toEqual({
    prevent_destroy: true,
  });
});

test("E-55: all of it is closed, and its parts are opened one by one", () => {
  const policies = Object.values(
    resourcesOf(synth(), "kubernetes_network_policy_v1"),
  ) as { metadata: { name: string }; spec: Record<string, unknown> }[];
  const [closed, ...open] = policies;
  expect(closed).toMatchObject({ metadata: { name: "default-deny" } });
  expect(closed?.spec).toEqual({
    pod_selector: {},
    policy_types: ["Ingress", "Egress"],
  });
  expect(open.map(({ metadata }) => metadata.name).sort()).toEqual([
    "emg-job",
    "emgapi",
    "oauth2-proxy",
    "prefect-server",
    "prefect-worker-gateway",
  ]);
});

test("E-20: programs learn of the company's proxy by both spellings, and of what is reached without it", () => {
  const { data } = onlyResource(synth(PROXY), "kubernetes_config_map_v1") as {
    data: Record<string, string>;
  };
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY"]) {
    expect(data[name]).toBe("http://proxy.example.com:3128");
    expect(data[name.toLowerCase()]).toBe(data[name]);
  }
  expect(data.no_proxy).toBe(data.NO_PROXY);
  expect(data.NO_PROXY?.split(",")).toEqual(
    expect.arrayContaining([".cluster.local", "169.254.169.254"]),
  );
  expect(synth().resource).not.toHaveProperty("kubernetes_config_map_v1");
});
