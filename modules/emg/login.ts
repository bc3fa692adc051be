import { type Construct } from "constructs";
import { networkFactsOf } from "../core/network-facts";
import { type Application, createApplication } from "../kubernetes/application";
import { DEPLOYMENTS, SECRETS, SERVICES } from "./names";
import { type PartInputs, podDefaults, proxied } from "./pods";
import { type EmgSettings } from "./settings/schema";

type Login = Extract<
  EmgSettings["emg"]["auth"],
  { readonly mode: "oauth2-proxy" }
>;

/** Creates oauth2-proxy: people come to Prefect through it alone. */
export function createLogin(
  scope: Construct,
  auth: Login,
  { settings, secrets, dependsOn }: PartInputs,
): Application {
  const { port, name: service } = SERVICES.login;
  const { configMaps, checksums } = proxied(settings);
  const github = (key: string) => ({ secret: SECRETS.github, key });
  return createApplication(scope, "login", {
    ...podDefaults(settings, "login"),
    name: DEPLOYMENTS.login,
    service,
    port,
    image: settings.emg.images.oauth2Proxy,
    args: flagsOf(settings, auth),
    envFrom: { configMaps },
    secretEnv: {
      OAUTH2_PROXY_CLIENT_ID: github("OAUTH2_PROXY_CLIENT_ID"),
      OAUTH2_PROXY_CLIENT_SECRET: github("OAUTH2_PROXY_CLIENT_SECRET"),
      OAUTH2_PROXY_COOKIE_SECRET: {
        secret: SECRETS.cookie,
        key: SECRETS.cookie,
      },
    },
    cpu: "50m",
    memory: "64Mi",
    user: { uid: 65532, gid: 65532 },
    probes: {
      readiness: { path: "/ready", port },
      liveness: { path: "/ping", port },
    },
    replicas: 2,
    checksums: {
      ...checksums,
      github: secrets.checksums.github ?? "",
      cookie: secrets.checksums.cookie ?? "",
    },
    dependsOn,
  });
}

/** Flags of oauth2-proxy (https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview). */
export function flagsOf(settings: EmgSettings, auth: Login): string[] {
  const { namespace, prefect } = settings.emg;
  const { name, port } = SERVICES.prefect;
  return [
    "--provider=github",
    `--github-org=${auth.githubOrg}`,
    ...(auth.githubTeams.length > 0
      ? [`--github-team=${auth.githubTeams.join(",")}`]
      : []),
    "--email-domain=*",
    `--http-address=0.0.0.0:${SERVICES.login.port}`,
    // The whole name: NO_PROXY has the domain of the cluster, and not the Service.
    `--upstream=http://${name}.${namespace}.svc.cluster.local:${port}`,
    "--upstream-timeout=120s",
    `--redirect-url=https://${prefect.host}/oauth2/callback`,
    // Headers of the load balancer are believed, and nobody else's.
    "--reverse-proxy=true",
    "--real-client-ip-header=X-Forwarded-For",
    ...networkFactsOf(settings).vpcCidrs.map(
      (cidr) => `--trusted-proxy-ip=${cidr}`,
    ),
    // Browsers take the prefix only with Secure, the path / and no domain: no other host of the domain can set it.
    "--cookie-name=__Host-emg",
    "--cookie-secure=true",
    "--cookie-samesite=lax",
    // Counted from the login, because nothing refreshes it: GitHub is asked for the organization then, and never again.
    "--cookie-expire=12h",
    // Without a session pages get the sign-in, and what they ask for 401.
    "--api-route=^/api/",
    "--skip-provider-button=false",
    "--standard-logging=true",
    "--auth-logging=true",
    "--request-logging=true",
    "--exclude-logging-path=/ping,/ready",
  ];
}
