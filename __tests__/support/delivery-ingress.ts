import { parse } from "yaml";
import { createRecords } from "../../modules/delivery/dns";
import { createIngress } from "../../modules/delivery/ingress";
import { createCertificate } from "../../modules/delivery/tls";
import { IDENTITY, NETWORK } from "./compute-env";
import { type SettingsChange, deliverySettings } from "./settings";
import { type LiteralDocument } from "../../tools/audit/permissions/roles";
import { type StackJson, resourcesOf, synthOne } from "./synth";

/** The subnets that a load balancer may stand in. */
export const SUBNETS = {
  privateSubnetIds: { a: "subnet-0a1", b: "subnet-0a2" },
  publicSubnetIds: { a: "subnet-0b1", b: "subnet-0b2" },
};

/** What answers for the domain, with its certificate and its records, in a stack of its own. */
export const ingressStack = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const settings = deliverySettings(change);
    const { loadBalancer } = createIngress(stack, {
      settings,
      network: { ...NETWORK, ...SUBNETS },
      identity: IDENTITY,
      certificateArn: createCertificate(stack, settings),
      registryLogins: [],
      dependsOn: [],
    });
    createRecords(stack, { settings, loadBalancer });
  });

/** Values of a release. */
export function valuesOf(
  stack: StackJson,
  id: string,
): Record<string, unknown> {
  const [values = "{}"] = stack.resource?.helm_release?.[id]
    ?.values as string[];
  return parse(values) as Record<string, unknown>;
}

/** The policy of a controller's role. */
export const policyOf = (stack: StackJson, name: string): LiteralDocument =>
  JSON.parse(
    String(
      Object.values(resourcesOf(stack, "aws_iam_role_policy")).find(
        (policy) => policy.name === `services-prod-euc1-${name}`,
      )?.policy,
    ),
  ) as LiteralDocument;
