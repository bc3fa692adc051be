import { type Construct } from "constructs";
import { createAlb } from "./alb";
import { createExternalDns } from "./external-dns";
import { type CreatedIngress, type IngressInputs } from "./ingress-inputs";
import { createNginx } from "./nginx/nginx";

/** Creates what answers for the domain: its class, its load balancer, and who writes records for Ingresses. */
export function createIngress(
  scope: Construct,
  inputs: IngressInputs,
): CreatedIngress {
  const { ingress } = inputs.settings.delivery;
  // Removes the records of what is removed: so it comes first, and goes last.
  const externalDns = createExternalDns(scope, inputs);
  const all = { ...inputs, dependsOn: [...inputs.dependsOn, ...externalDns] };
  const created =
    ingress.class === "alb"
      ? createAlb(scope, ingress, all)
      : createNginx(scope, ingress, all);
  return { ...created, dependsOn: [...externalDns, ...created.dependsOn] };
}
