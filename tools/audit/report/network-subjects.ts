import { type Graph, type Subject, ofType } from "../graph";
import { matches } from "../network-policies";
import {
  SERVER_TYPES,
  containersOf,
  labelsOfPod,
  nameOf,
  namespaceOf,
} from "../pods";
import { at, first, isObject } from "../reading";
import { type NetworkRow, distinct } from "./table";

const PROBES = ["startup_probe", "liveness_probe", "readiness_probe"];

/** What the kubelet of a node asks pods on it: Kubernetes lets it, whatever policies say. */
export const probeRows = (graph: Graph): NetworkRow[] =>
  ofType(graph, ...SERVER_TYPES).flatMap((one) =>
    distinct(
      containersOf(one).flatMap((container) =>
        PROBES.flatMap((probe) =>
          at(container, `${probe}.http_get.port`).map(String),
        ),
      ),
    ).map((port) => [
      "its node (the kubelet, and pods on the node's network)",
      `pods of ${namespaceOf(one)}/${nameOf(one)}`,
      ...[
        "in",
        "tcp",
        port,
        "probe; no policy stops what comes from a pod's own node",
        one.path,
      ],
    ]),
  );

/** To the node it runs on a pod may always, as from it (kubernetes.io/docs/concepts/services-networking/network-policies). */
export const ownNodeRows = (graph: Graph): NetworkRow[] =>
  [
    ...ofType(graph, ...SERVER_TYPES).map((one) => ({
      who: `${namespaceOf(one)}/${nameOf(one)}`,
      path: one.path,
    })),
    ...ofType(graph, "kubernetes_namespace_v1").map((one) => ({
      who: `${nameOf(one)}, all`,
      path: one.path,
    })),
  ].map(({ who, path }) => [
    `pods of ${who}`,
    "its own node, what listens there",
    ...["out", "all", "all", "no policy stops what goes to a pod's own node"],
    path,
  ]);

/**
 * Rows by whom they are about: first servers behind a load balancer, then other pods, load balancers, stores, nodes, and the rest.
 * The subject stands before each row.
 */
export function bySubject(
  graph: Graph,
  rows: readonly NetworkRow[],
): NetworkRow[] {
  const workloads = ofType(graph, ...SERVER_TYPES);
  const served = rows
    .filter(([, , , , , through = ""]) => through.startsWith("Ingress"))
    .flatMap(([, to = ""]) => subjectOf(graph, workloads, to));
  const kinds = ["pods of", "load balancer", "stores", "nodes", ""];
  const rank = (subject: string): number =>
    served.includes(subject) && subject.startsWith("pods of")
      ? -1
      : kinds.findIndex((start) => subject.startsWith(start));
  return rows
    .flatMap((row) => {
      const [from = "", to = "", direction] = row;
      return subjectOf(graph, workloads, direction === "in" ? to : from).map(
        (subject) => [subject, ...row],
      );
    })
    .map((row, index) => ({ row, index }))
    .sort(
      (a, b) =>
        rank(a.row[0] ?? "") - rank(b.row[0] ?? "") ||
        (a.row[0] ?? "").localeCompare(b.row[0] ?? "") ||
        a.index - b.index,
    )
    .map(({ row }) => row);
}

/** Whose row it is: pods by the workload that a selector or a Service finds. */
function subjectOf(
  graph: Graph,
  workloads: readonly Subject[],
  text: string,
): string[] {
  const [, space = "", rest = ""] = /^pods of ([\w-]+): (.*)/.exec(text) ?? [];
  if (space !== "") {
    const [, service] = /^Service (.+)$/.exec(rest) ?? [];
    const selector =
      service === undefined
        ? selectorOf(rest)
        : first(
            ofType(graph, "kubernetes_service_v1").find(
              (one) => nameOf(one) === service && namespaceOf(one) === space,
            )?.body,
            "spec.selector",
          );
    const found = workloads.filter(
      (one) =>
        isObject(selector) &&
        Object.keys(selector).length > 0 &&
        namespaceOf(one) === space &&
        matches(selector, labelsOfPod(one)),
    );
    return found.length === 0
      ? [`pods of ${space}${rest === "all" ? ", all" : `: ${rest}`}`]
      : found.map((one) => `pods of ${space}/${nameOf(one)}`);
  }
  if (/^pods of |^load balancer|^Kubernetes/.test(text)) return [text];
  if (/\(aws_(elasticache|db_|efs|rds)/.test(text)) return ["stores"];
  if (/nodes|launch_template/.test(text)) return ["nodes"];
  return ["subnets"];
}

const selectorOf = (labels: string): Record<string, string> =>
  labels === "all"
    ? {}
    : Object.fromEntries(
        labels.split(", ").map((one) => one.split("=") as [string, string]),
      );

/** Ways to and from each server behind a load balancer, in a sentence each. */
export function serverSentences(rows: readonly NetworkRow[]): string[] {
  const servers = distinct(
    rows
      .filter(
        ([subject = "", , , , , , through = ""]) =>
          subject.startsWith("pods of") && through.startsWith("Ingress"),
      )
      .map(([subject = ""]) => subject),
  );
  const sentences = servers.flatMap((server) => {
    const ways = (direction: string): string =>
      rows
        .filter((row) => row[0] === server && row[3] === direction)
        .map(
          ([, from = "", to = "", , protocol = "", port = ""]) =>
            `${(direction === "in" ? from : to).replaceAll("\n", ", ")}${from.startsWith("load balancer, for ") ? " (some paths: table open)" : ""} ${direction === "in" ? "on" : "at"} ${protocol === "all" ? "any port" : `${protocol} ${port}`}`,
        )
        .join("; ") || "nothing";
    return [
      `To ${server} come ${ways("in")}.`,
      `From ${server} go ${ways("out")}.`,
      ...(/0\.0\.0\.0\/0/.test(ways("out"))
        ? [
            "A range of 0.0.0.0/0 takes in the VPC, its nodes and the Kubernetes API, but for what its row excepts; security groups there decide too (table paths).",
          ]
        : []),
    ];
  });
  return distinct(sentences);
}
