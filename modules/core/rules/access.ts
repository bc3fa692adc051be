import { managesAccess } from "../cluster/cluster";
import { type CoreSettings } from "../settings/schema";
import { partitionOf } from "../../lib/aws-partition";
import { type Rule, type Warning, when } from "../../settings/rule";

/** Kubernetes keeps groups of this name for itself, and EKS refuses the access entry. */
const noSystemGroups: Rule<CoreSettings> = ({ access }) =>
  access.admins.flatMap(({ groups }, index) =>
    groups.flatMap((group, at) =>
      when(group.startsWith("system:"), () => ({
        path: `access.admins[${index}].groups[${at}]`,
        given: `"${group}"`,
        allowed: "group names that do not start with system:",
        fix: "use policy: cluster-admin, admin, edit or view instead; EKS refuses an access entry with this group",
      })),
    ),
  );

/** An entry with neither a policy nor a group opens nothing; only a policy has namespaces. */
const givesSomething: Rule<CoreSettings> = ({ access }) =>
  access.admins.flatMap(({ policy, groups, namespaces }, index) => {
    const path = `access.admins[${index}]`;
    const isScoped = namespaces.length > 0;
    return [
      ...when(policy === "none" && groups.length === 0, () => ({
        path: `${path}.policy`,
        given: "none, without groups",
        allowed: "none with groups: an entry with neither gives nothing",
        fix: "add groups that bindings of the cluster name, or write view, edit, admin or cluster-admin",
      })),
      ...when(isScoped && policy === "none", () => ({
        path: `${path}.namespaces`,
        given: `${namespaces.join(", ")}, with policy: none`,
        allowed: "namespaces of a policy: admin, edit or view",
        fix: "remove them: the bindings of the groups say where they count; or write policy: admin, edit or view",
      })),
      ...when(isScoped && policy === "cluster-admin", () => ({
        path: `${path}.namespaces`,
        given: `${namespaces.join(", ")}, with policy: cluster-admin`,
        allowed:
          "namespaces with policy: admin, edit or view; cluster-admin is of the whole cluster",
        fix: "write policy: admin, which administers namespaces, or remove them",
      })),
    ];
  });

/** EKS has one access entry for each principal. */
const everyPrincipalOnce: Rule<CoreSettings> = ({ access }) => {
  const seen = new Map([[access.deployer, "access.deployer"]]);
  return access.admins.flatMap(({ principal }, index) => {
    const path = `access.admins[${index}].principal`;
    const first = seen.get(principal);
    if (first === undefined) {
      seen.set(principal, path);
      return [];
    }
    return {
      path,
      given: `"${principal}", the same as ${first}`,
      allowed: "every principal once; EKS has one access entry for each",
      fix:
        first === "access.deployer"
          ? "remove this entry: the deployer is a cluster administrator already"
          : "remove one of the two",
    };
  });
};

/** The deployer works in the account of the settings, and nowhere else. */
const deployerOfAccount: Rule<CoreSettings> = ({ access, accountId }) => {
  const account = access.deployer.split(":")[4] ?? "";
  return when(account !== accountId, () => ({
    path: "access.deployer",
    given: `"${access.deployer}", of account ${account}`,
    allowed: `a role or user of account ${accountId} (accountId)`,
    fix: "write the role or user that runs Terraform in this account, or correct accountId",
  }));
};

/** A principal of another partition can never log in. */
const principalsOfPartition: Rule<CoreSettings> = ({ access, region }) => {
  const partition = partitionOf(region);
  const principals = [
    { path: "access.deployer", arn: access.deployer },
    ...access.admins.map(({ principal }, index) => ({
      path: `access.admins[${index}].principal`,
      arn: principal,
    })),
  ];
  return principals.flatMap(({ path, arn }) =>
    when(!arn.startsWith(`arn:${partition}:`), () => ({
      path,
      given: `"${arn}"`,
      allowed: `an ARN that starts with arn:${partition}: (the partition of ${region})`,
      fix: "write the ARN of this partition, or correct region",
    })),
  );
};

/** The plan compares the caller with the deployer, and the cluster's first access entry is the deployer's. */
const assumesDeployer: Rule<CoreSettings> = ({ access }) => {
  const { assumeRole, deployer } = access;
  if (assumeRole === undefined || assumeRole.roleArn === deployer) return [];
  return [
    {
      path: "access.assumeRole.roleArn",
      given: `"${assumeRole.roleArn}"`,
      allowed: `the role of access.deployer, ${deployer}: Terraform works as the role that it assumes`,
      fix: deployer.includes(":role/")
        ? `write ${deployer}, or make ${assumeRole.roleArn} the access.deployer`
        : `write ${assumeRole.roleArn} as access.deployer too: a user cannot be assumed`,
    },
  ];
};

/** `aws eks get-token` assumes a role, and has no option for an external id. */
const externalIdByToken: Rule<CoreSettings> = ({ access, kubeAuth }) =>
  when(
    kubeAuth === "exec" && access.assumeRole?.externalId !== undefined,
    () => ({
      path: "kubeAuth",
      given: "exec, with access.assumeRole.externalId",
      allowed: "token: the AWS CLI's eks get-token takes no external id",
      fix: "write token, or remove kubeAuth",
    }),
  );

/** Terraform Cloud's own runners have no AWS CLI. */
const execInCloud: Warning<CoreSettings> = ({ backend, kubeAuth }) =>
  backend.kind === "cloud" && kubeAuth === "exec"
    ? [
        "kubeAuth: exec with backend cloud needs the AWS CLI where Terraform runs; Terraform Cloud's own runners have none. Remove kubeAuth to use token.",
      ]
    : [];

/** A new cluster has no other way in; into one that exists its owner lets people, unless the settings take that over. */
const whoLetsIn: Rule<CoreSettings> = (settings) => {
  const { access, cluster } = settings;
  if (cluster.kind === "created")
    return when(access.manage === false, () => ({
      path: "access.manage",
      given: "false, with a cluster that is made here",
      allowed: "true: its creator has no permission in it",
      fix: "remove it",
    }));
  return when(!managesAccess(settings) && access.admins.length > 0, () => ({
    path: "access.admins",
    given: `${access.admins.length}, in a cluster that exists`,
    allowed: "nobody, without access.manage: true",
    fix: "remove them, and let the cluster's owner make their access entries; or write access.manage: true, which makes those of the deployer and of these",
  }));
};

export const accessRules = [
  whoLetsIn,
  givesSomething,
  noSystemGroups,
  everyPrincipalOnce,
  deployerOfAccount,
  principalsOfPartition,
  assumesDeployer,
  externalIdByToken,
];
export const accessWarnings = [execInCloud];
