/**
 * Rules of a load balancer that an Ingress alone cannot say: a path names an action of the annotations as its backend, like a
 * Service (https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#actions).
 */
const BY_ANNOTATION = { name: "use-annotation" };

/** Where requests go. */
export interface AlbTarget {
  readonly name: string;
  readonly port: number;
}

/**
 * A rule takes five values in all its conditions: a host, and two patterns for a path and what is below it, leave room for two
 * ranges.
 */
const RANGES_OF_A_RULE = 2;

/** Backend of a path: an action of the annotations. */
export const byAction = (name: string) => ({
  service: { name, port: BY_ANNOTATION },
});

/** Annotations, without the prefix of the controller, of an action that forwards what meets the condition. */
export const forwardWhere = (
  name: string,
  target: AlbTarget,
  condition: object,
): Record<string, string> => ({
  [`actions.${name}`]: JSON.stringify({
    type: "forward",
    forwardConfig: {
      targetGroups: [{ serviceName: target.name, servicePort: target.port }],
    },
  }),
  [`conditions.${name}`]: JSON.stringify([condition]),
});

/** Conditions on the address of the client: one for each rule that the ranges need. */
export const sourceConditions = (ranges: readonly string[]): object[] =>
  Array.from(
    { length: Math.ceil(ranges.length / RANGES_OF_A_RULE) },
    (_none, index) => ({
      field: "source-ip",
      sourceIpConfig: {
        values: ranges.slice(
          index * RANGES_OF_A_RULE,
          (index + 1) * RANGES_OF_A_RULE,
        ),
      },
    }),
  );

/** Annotations with the prefix of the controller. */
export const albAnnotations = (
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `alb.ingress.kubernetes.io/${key}`,
      value,
    ]),
  );
