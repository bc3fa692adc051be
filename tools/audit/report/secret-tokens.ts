import { type Settings } from "../../../modules/schema";
import { type Graph, ofType } from "../graph";
import { holdersOf } from "../permissions/roles";
import {
  POD_TYPES,
  accountOf,
  nameOf,
  namespaceOf,
  podOf,
  workloadOf,
} from "../pods";
import { matchesPattern } from "../pattern";
import { first } from "../reading";
import { tokenMakers } from "./access-beside-iam";
import { actingAs } from "./askers";
import {
  administratorsOnNodes,
  byNodes,
  nodeOf,
  podMakers,
} from "./pod-makers";
import { takersOf } from "./principals";
import { heapDumps } from "./secret-people";
import { textOf } from "./shown";
import { distinct, lines } from "./table";

/** Rows of the tokens that pods have as files: of Kubernetes, and for a role of IAM, which a webhook of EKS mounts whatever the pod says. */
export function tokensOfAccounts(graph: Graph, settings: Settings): string[][] {
  const behind = actingAs(graph, settings);
  const holders = [...holdersOf(graph, settings).values()];
  const roles = holders.flatMap((role) =>
    takersOf(role, []).flatMap((taker) => {
      const [, account] = /^pods (.+)$/.exec(taker) ?? [];
      return account === undefined ? [] : [{ account, role: role.name }];
    }),
  );
  const made = ofType(graph, "kubernetes_service_account_v1");
  const rowOf = (account: string): string[][] => {
    const own = made.find((one) => workloadOf(one) === account);
    const pods = ofType(graph, ...POD_TYPES).filter(
      (one) => accountOf(one) === account,
    );
    const mounts = (own: unknown, of: unknown): boolean =>
      String(own ?? of) !== "false";
    const automount = own?.body.automount_service_account_token;
    const kubernetes =
      pods.length > 0
        ? pods.some((one) =>
            mounts(
              first(podOf(one), "automount_service_account_token"),
              automount,
            ),
          )
        : mounts(automount, undefined);
    const mine = roles.filter((one) => matchesPattern(one.account, account));
    if (!kubernetes && mine.length === 0) return [];
    const rights = podMakers(graph)
      .filter(({ who }) => kubernetes && who === account)
      .map(
        ({ does, resources, namespace }) =>
          `${does} ${resources.join(", ")} in ${namespace}`,
      );
    const what = [
      ...(kubernetes ? [["of Kubernetes", ...rights].join(", which ")] : []),
      ...mine.map(({ role }) => `for role ${role}`),
    ];
    const [namespace = ""] = account.split("/");
    return [
      [
        `tokens of service account ${account}: ${what.join("; ")}`,
        `Kubernetes, for each pod${own === undefined ? "; the account is a chart's or an add-on's, not proved by the JSON" : ""}`,
        "files in each of its pods, in memory of its node",
        lines(
          pods.length === 0
            ? [`pods with account ${account}`]
            : pods.map((one) => `pods of ${workloadOf(one)}: file`),
        ),
        "none",
        lines(
          distinct([
            ...behind({
              label: account,
              arn: "",
              documents: [],
              pods: [account],
            }),
            ...administratorsOnNodes(graph),
            ...tokenMakers(graph, namespace),
            ...heapDumps(graph)
              .filter((dump) => pods.map(workloadOf).includes(dump.pods))
              .map(({ reader }) => reader),
          ]),
        ),
        own?.path ?? "",
      ],
    ];
  };
  const accounts = distinct([
    ...made.map((one) => `${namespaceOf(one)}/${nameOf(one)}`),
    ...roles
      .map(({ account }) => account)
      .filter(
        (one) => !made.some((two) => matchesPattern(one, workloadOf(two))),
      ),
  ]);
  return [...accounts.flatMap(rowOf), ...otherTokens(graph)];
}

/** Accounts that only the makers' manifests know. */
const otherTokens = (graph: Graph): string[][] => {
  const makers = bringers(graph);
  if (makers.length === 0) return [];
  return [
    [
      "tokens of Kubernetes of further service accounts, of charts and add-ons",
      "Kubernetes, for each pod; not proved by the JSON",
      "files in each of their pods, in memory of its node",
      lines(makers.map((one) => `pods of ${one}`)),
      "none",
      lines([
        nodeOf(graph),
        ...administratorsOnNodes(graph),
        ...byNodes(graph),
      ]),
      "",
    ],
  ];
};

/** Charts and add-ons bring accounts of their own, with tokens: by name of what brings them. */
const bringers = (graph: Graph): string[] => [
  ...ofType(graph, "helm_release")
    .map(({ body }) => textOf(body.chart))
    .map(
      (chart) =>
        `chart ${chart.replace(/^\.\/assets\/([^/]+)-chart\/.*/, "$1")}`,
    ),
  ...ofType(graph, "aws_eks_addon").map(
    ({ body }) => `add-on ${textOf(body.addon_name)}`,
  ),
];
