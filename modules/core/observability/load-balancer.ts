import { DataAwsLbs } from "@cdktf/provider-aws/lib/data-aws-lbs";
import { Fn, Op, Token } from "cdktf";
import { type Construct } from "constructs";

/** What the load-balancer controller was given. */
export interface ControlledBalancer {
  readonly clusterName: string;
  /** Group of the Ingresses, or `<namespace>/<name>` of one alone: the controller tags what it makes for them with it. */
  readonly stack: string;
  /** Host name that an Ingress has of it: it waits for the load balancer. */
  readonly hostname: string;
}

/** CDKTF writes a bare "" of a comparison as `undefined`. */
const EMPTY = Fn.rawString("");

/**
 * The load balancer of an Ingress as metrics name it, `app/<name>/<id>`. Found by the controller's tags, once the Ingress has a host
 * name. One that somebody has deleted is found nowhere: the alarms then name none, and no plan fails.
 */
export function findLoadBalancer(
  scope: Construct,
  id: string,
  { clusterName, stack, hostname }: ControlledBalancer,
): string {
  const { arns } = new DataAwsLbs(scope, id, {
    tags: {
      "elbv2.k8s.aws/cluster": clusterName,
      // Known when the host name is: before, nothing is looked for.
      "ingress.k8s.aws/stack": Token.asString(
        Fn.conditional(Op.eq(hostname, EMPTY), EMPTY, stack),
      ),
    },
  });
  const first = Fn.element(Fn.concat([Fn.tolist(arns), ["none"]]), 0) as string;
  return Fn.replace(first, "/^.*:loadbalancer./", "");
}
