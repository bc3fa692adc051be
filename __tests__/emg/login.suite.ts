import { createLogin } from "../../modules/emg/login";
import { EXISTING_NETWORK } from "../support/existing";
import { PROXY, synthPart } from "../support/emg-parts";
import { type SettingsChange } from "../support/settings";

const login = (change: SettingsChange = {}) =>
  synthPart((scope, inputs) => {
    const { auth } = inputs.settings.emg;
    if (auth.mode !== "oauth2-proxy") throw new Error("no login by GitHub");
    createLogin(scope, auth, inputs);
  }, change);

/** Values of a flag. */
const flag = (name: string, change?: SettingsChange) =>
  (login(change).container.args ?? [])
    .filter((one) => one.startsWith(`--${name}=`))
    .map((one) => one.slice(name.length + 3));

const TEAMS: SettingsChange = {
  emg: { auth: { githubTeams: ["pipelines", "curators"] } },
};

test("E-15, E-32: members of the organization enter, or of teams of it where they are named", () => {
  expect(flag("provider")).toEqual(["github"]);
  expect(flag("github-org", TEAMS)).toEqual(["EBI-Metagenomics"]);
  expect(flag("github-team")).toEqual([]);
  expect(flag("github-team", TEAMS)).toEqual(["pipelines,curators"]);
  // oauth2-proxy lets addresses in without a login by it, which a forged header can claim.
  expect(flag("trusted-ip")).toEqual([]);
});

test("E-32: GitHub sends people back by https, to a cookie that no other host can set or read", () => {
  expect(flag("redirect-url")).toEqual([
    "https://prefect.emg.example.org/oauth2/callback",
  ]);
  expect(flag("cookie-name")).toEqual(["__Host-emg"]);
  // Browsers drop a cookie of that name without the one, or with the other.
  expect(flag("cookie-secure")).toEqual(["true"]);
  expect(flag("cookie-domain")).toEqual([]);
  expect(flag("cookie-samesite")).toEqual(["lax"]);
  // Counted from the login: a refresh would prolong it without asking for the organization.
  expect(flag("cookie-expire")).toEqual(["12h"]);
  expect(flag("cookie-refresh")).toEqual([]);
});

test("E-83: who asks the API without a session gets 401, and who opens a page the sign-in", () => {
  const [path = ""] = flag("api-route");
  expect("/api/flows").toMatch(new RegExp(path));
  expect("/").not.toMatch(new RegExp(path));
});

test("E-32: headers about the client are those of the load balancer, in every range of the VPC", () => {
  expect(flag("reverse-proxy")).toEqual(["true"]);
  expect(flag("trusted-proxy-ip")).toEqual(["10.42.0.0/16"]);
  expect(flag("trusted-proxy-ip", { network: EXISTING_NETWORK })).toEqual([
    "10.20.0.0/16",
    "100.64.0.0/16",
  ]);
});

test("E-20, E-32: Prefect is reached by a name that no proxy of the company is asked for", () => {
  const [upstream = ""] = flag("upstream", PROXY);
  expect(upstream).toBe(
    "http://prefect-server.emgapiv2-hl-exp.svc.cluster.local:4200",
  );
  const { env_from: from, args } = login(PROXY).container;
  expect(from).toEqual([{ config_map_ref: { name: "proxy-config" } }]);
  expect(login().container.env_from ?? []).toEqual([]);
  // Prefect's slow answers are not cut off at the 30 seconds of oauth2-proxy.
  expect(args).toContain("--upstream-timeout=120s");
});

test("E-32: secrets are variables of Secrets, and another version of one makes new pods", () => {
  const { container, checksums } = login();
  const key = (name: string, field: string) => ({
    secret_key_ref: { name, key: field },
  });
  expect(container.variables).toEqual({
    OAUTH2_PROXY_CLIENT_ID: key(
      "github-oauth-secret",
      "OAUTH2_PROXY_CLIENT_ID",
    ),
    OAUTH2_PROXY_CLIENT_SECRET: key(
      "github-oauth-secret",
      "OAUTH2_PROXY_CLIENT_SECRET",
    ),
    OAUTH2_PROXY_COOKIE_SECRET: key(
      "oauth2-proxy-cookie-secret",
      "oauth2-proxy-cookie-secret",
    ),
  });
  expect(checksums).toEqual({ "checksum/github": "g", "checksum/cookie": "c" });
  expect(container.args?.join(" ")).not.toMatch(/secret|client-id/);
});

test("E-32, E-84: two pods log people in, with probes that no login stands before, as nobody, on a root they cannot write to", () => {
  const { container, deployment, pod } = login();
  expect(deployment.spec.replicas).toBe("2");
  expect(container).toMatchObject({
    port: [{ container_port: 4180 }],
    readiness_probe: { http_get: { path: "/ready", port: "4180" } },
    liveness_probe: { http_get: { path: "/ping", port: "4180" } },
    security_context: { read_only_root_filesystem: true },
  });
  expect(flag("http-address")).toEqual(["0.0.0.0:4180"]);
  expect(pod.security_context).toMatchObject({ run_as_user: "65532" });
});
