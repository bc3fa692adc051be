import { arnRule } from "../../core/rules/arns";
import { partitionOf } from "../../lib/aws-partition";
import { eachOnce, type Rule, when } from "../../settings/rule";
import { CLEANUP, FUSE_NAMESPACE, launcherRoleArn } from "../names";
import { type ComputeEnvSettings } from "../settings/schema";

type ComputeEnvRule = Rule<ComputeEnvSettings>;

/** Platform makes the id when it is told the role, and the role is made with the id: its name is known before. */
const externalId: ComputeEnvRule = (settings) => {
  const { launcher } = settings.computeEnv;
  if (launcher.kind !== "role") return [];
  const arn = launcherRoleArn(settings);
  const path = "computeEnv.launcher.externalId";
  const fix = `1. save a credential in Platform, mode Role, with the ARN ${arn}; 2. write the external id that Platform then shows here, and deploy`;
  return [
    ...when(launcher.externalId === undefined, () => ({
      path,
      given: "nothing: the key is missing",
      allowed: "the external id that Platform made for this role",
      fix: `${fix}. The role need not exist for step 1`,
    })),
    ...when(
      launcher.externalId === "none" && launcher.trust === "seqera-cloud",
      () => ({
        path,
        given: '"none", with trust seqera-cloud',
        allowed:
          "an external id: every customer of Seqera Cloud is the same principal to AWS",
        fix,
      }),
    ),
  ];
};

/** IAM takes no principal of another partition, and Seqera Cloud has its role in one. */
const cloudOfPartition: ComputeEnvRule = ({ computeEnv, region }) => {
  const { launcher } = computeEnv;
  const partition = partitionOf(region);
  return when(
    launcher.kind === "role" &&
      launcher.trust === "seqera-cloud" &&
      partition !== "aws",
    () => ({
      path: "computeEnv.launcher.trust",
      given: `seqera-cloud, in ${region}: a role of ${partition} cannot trust Seqera Cloud, which is in aws`,
      allowed: `{ principalArn: … } of a Platform of your own in ${partition}`,
      fix: "name the role of your own Platform, or write launcher.kind: none and serviceAccountToken: true",
    }),
  );
};

/** EKS has one entry for a principal, and takes no second one. */
const onePrincipal: ComputeEnvRule = (settings) => {
  const { access, computeEnv } = settings;
  const { launcher } = computeEnv;
  if (launcher.kind === "none") return [];
  const isRole = launcher.kind === "role";
  const arn = isRole ? launcherRoleArn(settings) : launcher.arn;
  const others: [path: string, principal: string][] = [
    ["access.deployer", access.deployer],
    ...access.admins.map(({ principal }, index): [string, string] => [
      `access.admins[${index}].principal`,
      principal,
    ]),
  ];
  return others
    .filter(([, principal]) => principal === arn)
    .map(([path]) => ({
      path: isRole ? path : "computeEnv.launcher.arn",
      given: `"${arn}", ${isRole ? "the role of computeEnv.launcher" : `${path} too`}`,
      allowed: "one access entry for each principal",
      fix: isRole
        ? "name another role or user: the launcher's own may do what pipelines need, and no more"
        : "name a user of its own for Platform",
    }));
};

const user = arnRule<ComputeEnvSettings>(({ computeEnv: { launcher } }) => ({
  path: "computeEnv.launcher.arn",
  arn: launcher.kind === "user" ? launcher.arn : undefined,
}));

const principal = arnRule<ComputeEnvSettings>(
  ({ computeEnv: { launcher } }) => ({
    path: "computeEnv.launcher.trust.principalArn",
    arn:
      launcher.kind === "role" && launcher.trust !== "seqera-cloud"
        ? launcher.trust.principalArn
        : undefined,
  }),
);

/** Only the role that is made here has a policy that is made here. */
const nobodyForBuckets: ComputeEnvRule = ({ computeEnv }) => {
  const { launcher, s3 } = computeEnv;
  const isSet =
    s3.listAllBuckets ||
    [...s3.dataBuckets, ...s3.kmsKeyArns, s3.workBucket ?? ""].join("") !== "";
  return when(launcher.kind !== "role" && isSet, () => ({
    path: "computeEnv.s3",
    given: `permissions, with launcher.kind: ${launcher.kind}`,
    allowed: "permissions of the role that launcher.kind: role makes",
    fix: "remove the section, and give them to the identity that Platform has",
  }));
};

/** Namespaces of Kubernetes, and those that others count on. */
const RESERVED = /^(kube-.*|default|flux-system)$/;

const ownNamespace: ComputeEnvRule = ({ computeEnv: { namespace } }) =>
  when(RESERVED.test(namespace) || namespace === FUSE_NAMESPACE, () => ({
    path: "computeEnv.namespace",
    given: `"${namespace}", a namespace of others`,
    allowed: `a namespace of its own: not default, kube-…, flux-system or ${FUSE_NAMESPACE}`,
    fix: "choose another name, such as tower-nf",
  }));

/** Nobody binds a role to the default account, or shares one between what may launch and what may not. */
const ownAccounts: ComputeEnvRule = ({ computeEnv }) => {
  const { headServiceAccount: head, computeServiceAccount: compute } =
    computeEnv;
  const accounts = {
    headServiceAccount: head,
    computeServiceAccount: compute,
  };
  return [
    ...Object.entries(accounts).flatMap(([key, name]) =>
      when(name === "default" || name === CLEANUP, () => ({
        path: `computeEnv.${key}`,
        given:
          name === CLEANUP
            ? `"${CLEANUP}", the account of the clean-up before a destroy`
            : '"default", the account of every pod that names none',
        allowed: "an account of its own",
        fix: "choose another name, or remove the key",
      })),
    ),
    ...when(head === compute, () => ({
      path: "computeEnv.computeServiceAccount",
      given: `"${compute}", headServiceAccount too`,
      allowed: "another account: tasks may do nothing in Kubernetes",
      fix: "choose another name for one of the two",
    })),
  ];
};

const usersOnce: ComputeEnvRule = ({ computeEnv }) => {
  const { extraUserSubjects, launcher } = computeEnv;
  const path = "computeEnv.extraUserSubjects";
  const compat = launcher.kind === "none" ? undefined : launcher.compatUsername;
  return [
    ...eachOnce(path, extraUserSubjects),
    ...when(compat !== undefined && extraUserSubjects.includes(compat), () => ({
      path: `${path}[${extraUserSubjects.indexOf(compat ?? "")}]`,
      given: `"${compat ?? ""}", launcher.compatUsername too`,
      allowed: "every user once",
      fix: "remove it",
    })),
  ];
};

export const accessRules = [
  externalId,
  cloudOfPartition,
  onePrincipal,
  user,
  principal,
  nobodyForBuckets,
  ownNamespace,
  ownAccounts,
  usersOnce,
];
