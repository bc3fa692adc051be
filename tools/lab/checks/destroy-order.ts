import { type AuditEntry } from "../kube/audit";
import { type LogEntry } from "../aws/request-log";

/** What is known of a destroy. */
export interface DestroyRecords {
  /** Whether there was a load balancer. */
  readonly isBalanced: boolean;
  /** When the load balancer was deleted, in milliseconds since 1970. */
  readonly balancer: number | undefined;
  /** Requests to AWS, those of other environments among them. */
  readonly requests: readonly LogEntry[];
  /** Changes in the cluster; empty where it is not the lab's own. */
  readonly audit: readonly AuditEntry[];
  /** Name of the EKS cluster. */
  readonly cluster: string;
  /** ARN of the deployer. */
  readonly deployer: string;
}

/**
 * What went too early in the last destroy: the load balancer has to be gone before its controller is, and the deployer's
 * access entry goes after the deployer's last change in the cluster.
 */
export function orderProblems({
  isBalanced,
  balancer,
  requests,
  audit,
  cluster,
  deployer,
}: DestroyRecords): string[] {
  const entry = lastTime(
    requests.filter(
      ({ operation, request }) =>
        operation === "DeleteAccessEntry" &&
        decodeURIComponent(request) ===
          `/clusters/${cluster}/access-entries/${deployer}`,
    ),
  );
  const changes = audit.map((one) => ({
    ...one,
    time: one.requestReceivedTimestamp,
  }));
  const controller = lastTime(
    changes.filter(
      ({ verb, objectRef }) =>
        verb === "delete" &&
        objectRef?.resource === "deployments" &&
        objectRef.name === "aws-load-balancer-controller",
    ),
  );
  const role = deployer.split("/").at(-1) ?? "";
  const last = lastTime(
    changes.filter(({ user }) =>
      user.username?.includes(`:assumed-role/${role}/`),
    ),
  );
  return [
    ...(isBalanced && balancer === undefined
      ? ["no load balancer was deleted"]
      : []),
    ...(entry === undefined ? ["no access entry was deleted"] : []),
    ...before(
      balancer,
      controller,
      "the controller went before its load balancer",
    ),
    ...before(
      balancer,
      entry,
      "the access entry went before the load balancer",
    ),
    ...before(
      last,
      entry,
      "the access entry went before the deployer's last change",
    ),
  ];
}

const lastTime = (
  entries: readonly { readonly time: string }[],
): number | undefined => {
  const { time } = entries.at(-1) ?? {};
  return time === undefined ? undefined : Date.parse(time);
};

const before = (
  first: number | undefined,
  second: number | undefined,
  problem: string,
): string[] =>
  first !== undefined && second !== undefined && first > second
    ? [problem]
    : [];
