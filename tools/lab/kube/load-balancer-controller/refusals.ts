import { type Ingress, annotationsOf } from "./ingress";
import { listenerRules, refusedRules } from "./listener-rules";

/** Annotations with one of few values, and those values. */
const choices: Readonly<Record<string, readonly string[]>> = {
  scheme: ["internal", "internet-facing"],
  "target-type": ["instance", "ip"],
  "ip-address-type": ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
  "backend-protocol": ["HTTP", "HTTPS"],
};

/** Annotations that hold JSON. `actions.` and `conditions.` go on with a name. */
const json =
  /^(listen-ports|actions\..+|conditions\..+|auth-idp-\w+|mutual-authentication)$/;

/**
 * What the controller refuses to build a load balancer from, in its order; empty when nothing.
 * @param services Names of the Services in the namespace of the Ingress.
 */
export function refusalsOf(
  ingress: Ingress,
  services: readonly string[],
): string[] {
  const unreadable = unreadableParts(ingress, services);
  return unreadable.length > 0
    ? unreadable
    : refusedRules(listenerRules(ingress));
}

function unreadableParts(
  ingress: Ingress,
  services: readonly string[],
): string[] {
  const annotations = annotationsOf(ingress);
  const own = [...annotations];
  return [
    ...own.flatMap(([name, value]) => wrongChoice(name, value)),
    ...own.flatMap(([name, value]) => wrongJson(name, value)),
    ...wrongName(annotations.get("load-balancer-name")),
    ...wrongRedirect(annotations),
    ...(ingress.spec.rules ?? [])
      .flatMap(({ http }) => http?.paths ?? [])
      .flatMap(({ backend }) => wrongBackend(backend, annotations, services)),
  ];
}

function wrongChoice(name: string, value: string): string[] {
  const allowed = choices[name];
  return allowed === undefined || allowed.includes(value)
    ? []
    : [`unknown ${name}: ${value}`];
}

function wrongJson(name: string, value: string): string[] {
  if (!json.test(name)) return [];
  return parsed(value) === undefined
    ? [`failed to parse ${name} configuration: ${value}`]
    : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrongName(name: string | undefined): string[] {
  if (name === undefined) return ["the lab needs load-balancer-name"];
  if (name.length > 32)
    return [`load balancer name cannot be longer than 32 characters: ${name}`];
  return /^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(name)
    ? []
    : [`load balancer name is not valid: ${name}`];
}

function wrongRedirect(annotations: ReadonlyMap<string, string>): string[] {
  const port = annotations.get("ssl-redirect");
  if (port === undefined) return [];
  const listeners = parsed(annotations.get("listen-ports") ?? '[{"HTTP": 80}]');
  if (!Array.isArray(listeners)) return [];
  const ports = (listeners as Record<string, number>[]).flatMap((one) =>
    Object.entries(one),
  );
  return ports.some(([kind, one]) => kind === "HTTPS" && String(one) === port)
    ? []
    : [`listener does not exist for SSL redirect port: ${port}`];
}

type Backend = NonNullable<
  NonNullable<
    NonNullable<Ingress["spec"]["rules"]>[number]["http"]
  >["paths"][number]["backend"]
>;

function wrongBackend(
  { service }: Backend,
  annotations: ReadonlyMap<string, string>,
  services: readonly string[],
): string[] {
  if (service === undefined) return [];
  if (service.port?.name === "use-annotation")
    return annotations.has(`actions.${service.name}`)
      ? []
      : [`missing actions.${service.name} configuration`];
  return services.includes(service.name)
    ? []
    : [`Service "${service.name}" not found`];
}
