import { type Release } from "@cdktf/provider-helm/lib/release";
import { type Construct } from "constructs";
import { StoredSecret } from "../aws/secrets/stored-secret";
import { systemNodes } from "../core/cluster/node-labels";
import { createClosedNamespace } from "../core/controllers/platform-controller";
import { proxyVariables } from "../core/proxy";
import { REGISTRY_LOGINS } from "../core/registries";
import { type Dependencies } from "../kubernetes/create-all";
import { createRelease } from "../kubernetes/helm-release";
import { createLocalChart } from "../kubernetes/local-chart";
import { Secret } from "../kubernetes/secret";
import { fillSections } from "../lib/template";
import { createFluxPermissions } from "./flux-permissions";
import { type createFluxRoles } from "./flux-roles";
import {
  CREDENTIAL_KEYS,
  serviceNamespaces,
  DEPLOY_ACCOUNT,
  FLUX_NAMESPACE,
  RELEASES_ACCOUNT,
  labelsOf,
} from "./names";
import { type NamespacesInputs, createAccountConfig } from "./namespaces";
import { fluxTraffic } from "./network-policies";
import { type DeliverySettings, type FluxSettings } from "./settings/schema";

/** What Flux is made of. */
export interface FluxInputs extends NamespacesInputs {
  readonly flux: FluxSettings;
  /** By which controllers read ECR. */
  readonly roles: ReturnType<typeof createFluxRoles>;
  /** The namespaces of the services, and what stands in them. */
  readonly namespaces: Dependencies;
}

/** Folder that is applied, which ends with the environment. */
export const fluxPath = (
  { environment }: DeliverySettings,
  { path }: FluxSettings,
): string => `./${path}/${environment}`;

/**
 * Creates Flux, its permissions and what it applies. A destroy begins with the last, and waits until everything that Flux
 * made is gone: who removes load balancers and releases has to outlive them.
 */
export function createFlux(scope: Construct, inputs: FluxInputs): void {
  const { settings, flux } = inputs;
  const namespace = createClosedNamespace(scope, "flux", {
    name: FLUX_NAMESPACE,
    partOf: "delivery",
    traffic: fluxTraffic(settings, flux),
    registryLogins: inputs.registryLogins,
    retain: settings.retain,
  });
  const permissions = createFluxPermissions(
    scope,
    flux,
    serviceNamespaces(settings),
    [...namespace, ...inputs.dependsOn, ...inputs.namespaces],
  );
  const controllers = createControllers(scope, inputs, permissions);
  const login = createLogin(scope, inputs, namespace);
  createLocalChart(scope, "flux-sync", {
    chart: "flux-sync",
    namespace: FLUX_NAMESPACE,
    values: {
      url: flux.url,
      branch: flux.branch,
      interval: flux.interval,
      path: fluxPath(settings, flux),
      secret: login === undefined ? "" : FLUX_NAMESPACE,
      serviceAccount: flux.scope === "cluster" ? "" : RELEASES_ACCOUNT,
      imageAutomation: flux.imageAutomation,
    },
    // Longer than Flux itself waits.
    timeout: 900,
    dependsOn: [
      controllers,
      createAccountConfig(scope, inputs, FLUX_NAMESPACE, namespace),
      ...(login ? [login.resource] : []),
    ],
  });
}

/** The controllers. They become ready only when they have their permissions. */
const createControllers = (
  scope: Construct,
  { settings, flux, registryLogins, roles }: FluxInputs,
  dependsOn: Dependencies,
): Release =>
  createRelease(scope, "flux2", {
    ...flux.chart,
    chart: "flux2",
    namespace: FLUX_NAMESPACE,
    values: fillSections("manifests/helm/flux2.yaml", {
      CLUSTER_SCOPE: flux.scope === "cluster",
      NAMESPACE_SCOPE: flux.scope === "namespaces",
      DEPLOY_ACCOUNT,
      PULL_SECRETS:
        registryLogins.length > 0 ? [{ name: REGISTRY_LOGINS }] : [],
      IMAGE_REGISTRY: flux.imageRegistry,
      SYSTEM_NODES: systemNodes(settings),
      PROXY: Object.entries(proxyVariables(settings)).map(([name, value]) => ({
        name,
        value,
      })),
      SOURCE_ROLE_ARN: roles.sourceRoleArn,
      IMAGES: flux.imageAutomation,
      IMAGE_ROLE_ARN: roles.imageReflectorRoleArn ?? "",
    }),
    dependsOn: [...dependsOn, ...roles.dependsOn],
  });

/** The login to Git; undefined for a public repository. A key that is missing or empty stops the plan. */
function createLogin(
  scope: Construct,
  { settings: { region }, flux: { credential } }: FluxInputs,
  dependsOn: Dependencies,
): Secret | undefined {
  if (credential.kind === "none") return undefined;
  const stored = new StoredSecret(scope, "flux-credential", credential.secret);
  const keys: Readonly<Record<string, string>> =
    CREDENTIAL_KEYS[credential.kind];
  const login = new Secret(scope, "flux-login", {
    metadata: {
      name: FLUX_NAMESPACE,
      namespace: FLUX_NAMESPACE,
      labels: labelsOf("flux"),
    },
    data: Object.fromEntries(
      Object.entries(keys).map(([key, field]) => [
        key,
        `\${${stored.field(field)}}`,
      ]),
    ),
    sources: [stored],
    dependsOn: [...dependsOn],
  });
  login.resource.lifecycle = {
    precondition: Object.values(keys).map((key) => ({
      condition: `\${try(${stored.field(key)}, "") != ""}`,
      errorMessage: `delivery.flux.credential.secret is ${credential.secret}, and its value is no JSON with ${key}. Needed: ${Object.values(keys).join(", ")}. Store it: aws secretsmanager put-secret-value --region ${region} --secret-id ${credential.secret} --secret-string file://secret.json.`,
    })),
  };
  return login;
}
