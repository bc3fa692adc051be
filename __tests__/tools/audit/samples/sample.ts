import { type StackJson } from "../../../../tools/audit/graph";

/** A resource, as Terraform JSON has it, in a stack of its own. */
export const resource = (
  type: string,
  body: Record<string, unknown>,
): StackJson => ({ resource: { [type]: { sample: body } } });

/** Several resources of one stack: `type.name` → body. */
export function stack(
  resources: Record<string, Record<string, unknown>>,
): StackJson {
  const types: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const [address, body] of Object.entries(resources)) {
    const [type = "", name = ""] = address.split(".");
    types[type] = { ...types[type], [name]: body };
  }
  return { resource: types };
}

/** A policy of a role with one statement. */
export const policy = (
  statement: Record<string, unknown>,
  type = "aws_iam_role_policy",
): StackJson =>
  resource(type, {
    policy: JSON.stringify({
      Statement: [{ Sid: "Sample", Effect: "Allow", ...statement }],
    }),
  });

/** A role that somebody trusts. */
export const role = (
  statement: Record<string, unknown>,
  body: Record<string, unknown> = {},
): StackJson =>
  resource("aws_iam_role", {
    assume_role_policy: JSON.stringify({
      Statement: [{ Sid: "Sample", Effect: "Allow", ...statement }],
    }),
    ...body,
  });

/** A Deployment whose pod and whose container have some fields. */
export const pod = (
  spec: Record<string, unknown>,
  container: Record<string, unknown> = {},
): StackJson =>
  resource("kubernetes_deployment_v1", {
    metadata: { name: "sample", namespace: "sample" },
    spec: {
      template: {
        spec: { ...spec, container: [{ name: "main", ...container }] },
      },
    },
  });

/** A Role with one rule. */
export const rights = (
  resources: readonly string[],
  verbs: readonly string[],
  groups: readonly string[] = [""],
): StackJson =>
  resource("kubernetes_role_v1", {
    metadata: { name: "sample", namespace: "sample" },
    rule: [{ api_groups: groups, resources, verbs }],
  });

/** A ConfigMap with Wave's settings. */
export const config = (wave: unknown, rest: object = {}): StackJson =>
  resource("kubernetes_config_map_v1", {
    metadata: { name: "sample", namespace: "sample" },
    data: { "config.yml": JSON.stringify({ wave, ...rest }) },
  });

/** A network policy for all pods of a namespace that is not restricted. */
export const traffic = (spec: Record<string, unknown>): StackJson =>
  resource("kubernetes_network_policy_v1", {
    metadata: { name: "sample", namespace: "sample" },
    spec: { pod_selector: {}, ...spec },
  });

/** A chart with values. */
export const chart = (
  name: string,
  values: unknown,
  body: Record<string, unknown> = {},
): StackJson =>
  resource("helm_release", {
    chart: name,
    values: [JSON.stringify(values)],
    ...body,
  });

/** An Ingress with annotations of the load-balancer controller. */
export const ingress = (annotations: Record<string, string>): StackJson =>
  resource("kubernetes_ingress_v1", {
    metadata: {
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([name, value]) => [
          `alb.ingress.kubernetes.io/${name}`,
          value,
        ]),
      ),
    },
  });
