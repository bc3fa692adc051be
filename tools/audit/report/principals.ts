import { partitionOf } from "../../../modules/lib/aws-partition";
import { type Settings } from "../../../modules/schema";
import { deployerPolicies } from "../../operate/deployer/documents";
import { stateRolePolicy } from "../../operate/deployer/state-role";
import { type Graph, ofType } from "../graph";
import { type Principal } from "../permissions/ask";
import { literalDocument } from "../permissions/literals";
import { managedPolicy } from "../permissions/resource-policies";
import {
  type LiteralDocument,
  type RoleRights,
  holdersOf,
} from "../permissions/roles";
import { conditionsOf, principalsOf } from "../policies";
import { first, textsAt } from "../reading";
import { shown } from "./shown";
import { distinct } from "./table";

/** Somebody of the environment, as the tables name him. */
export interface Asker extends Principal {
  readonly label: string;
  /** Pods that get its credentials: `wave/wave-sa`. */
  readonly pods: readonly string[];
  /** Of a role of the environment. */
  readonly roleArn?: string;
  /** Who else can act as it, and how. */
  readonly behind?: readonly string[];
}

/** Every role, and every policy that an operator attaches. */
export function rolesAsking(graph: Graph, settings: Settings): Asker[] {
  const holders = [...holdersOf(graph, settings).values()];
  return holders.map((role) => {
    const takers = takersOf(role, holders);
    const pods = takers.flatMap((one) => /^pods (.+)$/.exec(one)?.[1] ?? []);
    const unknown = role.managed.filter(
      (name) => managedPolicy(name) === undefined,
    );
    return {
      label: `${role.name} (${takers.join(", ") || "attached by the operator"})${unknown.length === 0 ? "" : `, without what ${unknown.join(", ")} allows, which is not known here`}`,
      pods,
      ...(role.trust.Statement.length > 0 && { roleArn: role.arn }),
      arn:
        role.trust.Statement.length === 0
          ? `arn:aws:iam::${settings.accountId}:user/${role.name}`
          : sessionOf(role.arn),
      documents: [
        ...Object.values(role.policies),
        ...role.managed.flatMap((name) => managedPolicy(name) ?? []),
      ],
    };
  });
}

const sessionOf = (roleArn: string): string =>
  roleArn.replace(
    /:iam:(.*):role\/(?:.*\/)?([^/]+)$/,
    ":sts:$1:assumed-role/$2/session",
  );

/** Who takes a role in the end: pods, services of AWS, principals of others. */
export function takersOf(
  role: RoleRights,
  holders: readonly RoleRights[],
): string[] {
  return distinct(
    role.trust.Statement.flatMap((one) => {
      const subjects = conditionsOf(one)
        .filter(([, key]) => key.endsWith(":sub"))
        .flatMap(([, , values]) => values)
        .map((sub) =>
          sub.replace(/^system:serviceaccount:([^:]+):/, "pods $1/"),
        );
      return principalsOf(one).flatMap((principal) => {
        const [kind = "", ...rest] = principal.split(":");
        const name = rest.join(":");
        const ours = holders.find(
          ({ arn }) => arn === name && arn !== role.arn,
        );
        if (ours !== undefined) return takersOf(ours, holders);
        return kind === "Federated" && subjects.length > 0 ? subjects : name;
      });
    }),
  );
}

/** What `npm run deployer-policy` and the stack of the state print for the deployer, by name. */
export const deployerDocuments = (
  graph: Graph,
  settings: Settings,
): Readonly<Record<string, LiteralDocument>> => ({
  ...deployerPolicies(settings),
  ...statePolicies(graph, settings),
});

/** Who runs Terraform. */
export function deployerOf(graph: Graph, settings: Settings): Asker {
  const { deployer } = settings.access;
  return {
    label: deployer.replace(/^.*\//, ""),
    pods: [],
    arn: deployer.includes(":role/") ? sessionOf(deployer) : deployer,
    documents: Object.values(deployerDocuments(graph, settings)),
  };
}

function statePolicies(
  graph: Graph,
  settings: Settings,
): Record<string, LiteralDocument> {
  const printed = graph.outputs.get("state.deployer_policy");
  const ofState =
    printed === undefined
      ? stateRolePolicy(settings)
      : (literalDocument(graph, "state", printed) as LiteralDocument);
  return ofState === undefined ? {} : { state: ofState };
}

/** How tables name who may do everything in the account. */
export const ACCOUNT = "account (root, IAM)";

/** Root of the account, and everybody whom an administrator of IAM lets. */
export const accountOf = ({ accountId, region }: Settings): Asker => ({
  label: ACCOUNT,
  pods: [],
  arn: `arn:${partitionOf(region)}:sts::${accountId}:assumed-role/whoever/session`,
  documents: EVERYTHING,
});

const EVERYTHING: readonly LiteralDocument[] = [
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  },
];

/** Somebody of another account, whose own IAM lets him do everything. */
export const stranger = ({ region }: Settings): Asker => ({
  label: "ANY OTHER ACCOUNT",
  pods: [],
  arn: `arn:${partitionOf(region)}:sts::999999999999:assumed-role/whoever/session`,
  documents: EVERYTHING,
});

/** Services of AWS that a document of a resource names. */
export const servicesIn = (document: LiteralDocument | undefined): Asker[] =>
  distinct(
    (document?.Statement ?? [])
      .flatMap((one) => principalsOf(one))
      .flatMap((one) => /^Service:(.+)$/.exec(one)?.[1] ?? []),
  ).map((name) => ({ label: name, pods: [], arn: name, documents: [] }));

/** Access policy of EKS that lets everything. */
export const CLUSTER = "AmazonEKSClusterAdminPolicy";

/** Who may do everything in the cluster by an entry of EKS. */
export const administrators = (graph: Graph): string[] =>
  clusterEntries(graph)
    .filter(({ policy }) => policy === CLUSTER)
    .map(({ name }) => name);

/** Principals with an access entry, by the policy of EKS; without namespaces it counts in the whole cluster. */
export const clusterEntries = (graph: Graph) =>
  ofType(graph, "aws_eks_access_policy_association").map(({ body, stack }) => ({
    name: shown(graph, stack, first(body, "principal_arn")).replace(
      /^.*\//,
      "",
    ),
    policy: String(first(body, "policy_arn")).replace(/^.*\//, ""),
    namespaces: textsAt(body, "access_scope.namespaces"),
  }));
