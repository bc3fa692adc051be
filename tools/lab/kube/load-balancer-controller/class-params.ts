import { type Ingress } from "./ingress";

/** A class of Ingresses, as far as the stand-in reads it. */
export interface IngressClass {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly controller?: string;
    readonly parameters?: { readonly kind: string; readonly name: string };
  };
}

interface KeyAndValue {
  readonly key: string;
  readonly value: string;
}

/** Parameters of a class, as far as the stand-in reads them. */
export interface ClassParams {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly loadBalancerName?: string;
    readonly group?: { readonly name: string };
    readonly scheme?: string;
    readonly inboundCIDRs?: readonly string[];
    readonly subnets?: { readonly ids?: readonly string[] };
    readonly wafv2AclArn?: string;
    readonly loadBalancerAttributes?: readonly KeyAndValue[];
    readonly namespaceSelector?: {
      readonly matchLabels?: Readonly<Record<string, string>>;
    };
  };
}

/** What decides how an Ingress is built, besides itself. */
export interface Classes {
  readonly classes: readonly IngressClass[];
  readonly params: readonly ClassParams[];
  /** Labels of namespaces, by their name. */
  readonly labels: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const CONTROLLER = "ingress.k8s.aws/alb";

/**
 * An Ingress with what the parameters of its class say in place of its annotations: they win. Other classes than those of the
 * controller stay as they are, and so are not built.
 */
export function withClass(
  ingress: Ingress,
  { classes, params }: Classes,
): Ingress {
  const { ingressClassName } = ingress.spec;
  const found = classes.find(
    ({ metadata }) => metadata.name === ingressClassName,
  );
  if (
    found?.spec.controller !== CONTROLLER ||
    found.spec.parameters === undefined
  )
    return ingress;
  const { name } = found.spec.parameters;
  const own = params.find(({ metadata }) => metadata.name === name);
  return {
    ...ingress,
    metadata: {
      ...ingress.metadata,
      annotations: { ...ingress.metadata.annotations, ...annotationsOf(own) },
    },
    spec: { ...ingress.spec, ingressClassName: "alb" },
  };
}

function annotationsOf(
  params: ClassParams | undefined,
): Record<string, string> {
  const { spec = {} } = params ?? {};
  const values: Readonly<Record<string, string | undefined>> = {
    "load-balancer-name": spec.loadBalancerName,
    "group.name": spec.group?.name,
    scheme: spec.scheme,
    subnets: spec.subnets?.ids?.join(","),
    "inbound-cidrs": spec.inboundCIDRs?.join(","),
    "wafv2-acl-arn": spec.wafv2AclArn,
    "load-balancer-attributes": spec.loadBalancerAttributes
      ?.map(({ key, value }) => `${key}=${value}`)
      .join(","),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[`alb.ingress.kubernetes.io/${key}`, value]],
    ),
  );
}

/** Why a class does not take an Ingress: its parameters name the namespaces that may use it. */
export function classRefusals(
  { metadata, spec }: Ingress,
  { classes, params, labels }: Classes,
): string[] {
  const found = classes.find(
    (one) => one.metadata.name === spec.ingressClassName,
  );
  const own = params.find(
    (one) => one.metadata.name === found?.spec.parameters?.name,
  );
  const wanted = Object.entries(own?.spec.namespaceSelector?.matchLabels ?? {});
  const has = labels.get(metadata.namespace) ?? {};
  return wanted.every(([key, value]) => has[key] === value)
    ? []
    : [
        `namespaceSelector of IngressClassParams ${own?.metadata.name ?? ""} does not match ${metadata.namespace}`,
      ];
}
