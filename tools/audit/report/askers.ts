import { type Settings } from "../../../modules/schema";
import { buildAccounts } from "../exposures";
import { type Graph } from "../graph";
import { matchesPattern } from "../pattern";
import { grantOf } from "../permissions/ask";
import {
  administratorsOnNodes,
  byNodes,
  nodeOf,
  podMakers,
} from "./pod-makers";
import {
  type Asker,
  accountOf,
  administrators,
  deployerOf,
  rolesAsking,
  stranger,
} from "./principals";
import { distinct } from "./table";

/** Everybody who is asked. */
export function askersOf(graph: Graph, settings: Settings): Asker[] {
  const deployer = deployerOf(graph, settings);
  const behind = actingAs(graph, settings);
  return [
    ...rolesAsking(graph, settings).map((role) => ({
      ...role,
      behind: behind(role),
    })),
    deployer,
    accountOf(settings),
    stranger(settings),
  ];
}

/** Who else has the rights of a role: who may change its trust, and who gets into its pods or onto its nodes. */
export function actingAs(
  graph: Graph,
  settings: Settings,
): (role: Asker) => string[] {
  const deployer = deployerOf(graph, settings);
  const { accountId } = settings;
  const makers = podMakers(graph);
  return ({ roleArn: arn, label, pods }) => {
    const isNodes = /\bec2\.amazonaws\.com/.test(label);
    return distinct([
      ...(arn !== undefined &&
      grantOf(deployer, "iam:UpdateAssumeRolePolicy", { arn, accountId })
        ? [`${deployer.label}: by changing these roles`]
        : []),
      ...(pods.length === 0 ? [] : administrators(graph)).map(
        (name) => `${name}: as cluster administrator, in these pods`,
      ),
      ...makers
        .filter(({ namespace }) =>
          pods.some((one) => one.startsWith(`${namespace}/`)),
        )
        .map(
          ({ who, namespace, does }) =>
            `${who}: by ${does === "makes" ? "making" : "changing"} pods in ${namespace}`,
        ),
      ...buildAccounts(graph)
        .filter((account) => pods.some((one) => matchesPattern(one, account)))
        .map(
          (account) =>
            `users: as their build steps run in pods of ${account.replace(/\/.*/, "")}`,
        ),
      ...(pods.length > 0 ? [nodeOf(graph)] : []),
      ...(isNodes ? administratorsOnNodes(graph) : []),
      ...(pods.length > 0 || isNodes ? byNodes(graph) : []).filter(
        (one) => !pods.some((pod) => one.startsWith(`${pod}:`)),
      ),
    ]);
  };
}
