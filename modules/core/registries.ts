import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { StoredSecret } from "../aws/secrets/stored-secret";
import { Secret } from "../kubernetes/secret";
import { type ChartRegistry } from "../kubernetes/cluster-access";
import { dockerConfigJson } from "../kubernetes/registry-login";
import { createEphemeral } from "../lib/ephemeral";
import { isEcrRegistry } from "../lib/ecr-registry";
import { type OperatorSecret } from "./facts";
import { type CoreSettings } from "./settings/schema";

/** Secret with the logins of `registries`: one in each namespace whose pods pull images. */
export const REGISTRY_LOGINS = "registry-logins";

/** One entry of `registries`: nothing of its value reaches plan or state. */
export interface RegistryLogin {
  readonly host: string;
  readonly stored: StoredSecret;
}

/** The secrets that `registries` names, for the checks of the account. */
export const registrySecretsOf = ({
  registries = [],
}: CoreSettings): OperatorSecret[] =>
  registries.map(({ secret }, index) => ({
    path: `registries[${index}].secret`,
    name: secret,
    keys: ["username", "password"],
  }));

/** Reads the logins of `registries`, once for all namespaces and for the charts. */
export function createRegistryLogins(
  scope: Construct,
  { registries = [] }: CoreSettings,
): RegistryLogin[] {
  if (registries.length === 0) return [];
  const group = new Construct(scope, "registries");
  return registries.map(({ host, secret }) => ({
    host,
    stored: new StoredSecret(group, idOf(host), secret),
  }));
}

/** Port in a reference or address of a registry: `registry.example.com:5000/kaniko:1.0` → 5000. At most one. */
export const portOf = (reference: string): number[] =>
  /^[^/@]+:(\d+)\//.exec(reference)?.slice(1).map(Number) ?? [];

/** The Secret of a namespace, from which its pods pull; undefined without `registries`. */
export function createPullSecret(
  scope: Construct,
  id: string,
  logins: readonly RegistryLogin[],
  props: {
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly dependsOn?: readonly ITerraformDependable[];
  },
): Secret | undefined {
  if (logins.length === 0) return undefined;
  const { namespace, labels, dependsOn = [] } = props;
  return new Secret(scope, id, {
    metadata: { name: REGISTRY_LOGINS, namespace, labels },
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": dockerConfigJson(logins.map(entryOf)) },
    sources: logins.map(({ stored }) => stored),
    plainParts: logins.map(({ host }) => host),
    dependsOn: [...dependsOn],
  });
}

const entryOf = ({ host, stored }: RegistryLogin) => ({
  host,
  username: stored.field("username"),
  password: stored.field("password"),
});

/** Where the charts of the core's controllers are. */
export const coreChartRepositories = ({ charts }: CoreSettings): string[] =>
  Object.values(charts).map(({ repository }) => repository);

/**
 * Logins with which Terraform reads charts of `oci://` repositories: ECR by a token of the caller, others as in `registries`.
 */
export function createChartRegistries(
  scope: Construct,
  repositories: readonly string[],
  logins: readonly RegistryLogin[],
): ChartRegistry[] {
  const hosts = new Set(
    repositories.map(ociHostOf).filter((host) => host !== undefined),
  );
  return [...hosts].flatMap((host) => {
    if (isEcrRegistry(host)) return [ecrLogin(scope, host)];
    const login = logins.find((one) => one.host === host);
    if (login === undefined) return [];
    const { username, password } = entryOf(login);
    return [
      {
        url: `oci://${host}`,
        username: `\${${username}}`,
        password: `\${${password}}`,
      },
    ];
  });
}

/** A token of 12 hours, asked for at plan and at apply. */
function ecrLogin(scope: Construct, host: string): ChartRegistry {
  const [, , , region] = host.split(".");
  const token = createEphemeral(
    new Construct(scope, `charts-of-${idOf(host)}`),
    "aws_ecr_authorization_token",
    { region },
  );
  return {
    url: `oci://${host}`,
    username: token("user_name"),
    password: token("password"),
  };
}

/** Host, with its port, of an `oci://` repository; undefined for another one. */
export const ociHostOf = (repository: string): string | undefined =>
  /^oci:\/\/([^/]+)/.exec(repository)?.[1];

/** Addresses lose dots and colons: `a-b.example.com:8443` → `a--b-example-com-8443`, which no other host is. */
const idOf = (host: string): string =>
  host.replace(/-/g, "--").replace(/[.:]/g, "-");
