import { type PolicyStatement } from "../../lib/policy";
import { type Problem } from "../../lib/problem";
import { type Rendered, problemIf, sameTexts, shown } from "./rendered-reading";

/** VR-43: each role of a pod can be taken by one service account, for AWS only. */
export function oneSubjectPerRole({ settings, roles }: Rendered): Problem[] {
  const { namespace, buildNamespace } = settings.wave;
  const accounts = {
    server: `${namespace}:wave-sa`,
    build: `${buildNamespace}:wave-build-sa`,
    cache: `${buildNamespace}:wave-build-sa`,
    export: `${namespace}:surreal-export`,
  };
  return (["server", "build", "cache", "export"] as const).flatMap((role) => {
    const found = roles[role];
    if (found === undefined) return [];
    const subject = `system:serviceaccount:${accounts[role]}`;
    const [statement, ...others] = found.trust.Statement;
    return problemIf(
      others.length > 0 ||
        statement === undefined ||
        !isTrustOf(statement, subject),
      {
        path: `role ${role}: trust`,
        given: shown(found.trust.Statement),
        allowed: `sts:AssumeRoleWithWebIdentity for ${subject} with audience sts.amazonaws.com, by StringEquals`,
        fix: "name one subject and one audience (VR-43, IAM-06)",
      },
    );
  });
}

/** VR-43, CFG-R1, IAM-09: the ECR role is taken by Wave's server, and through the jump role, with Wave's session name. */
export function ecrTrust({ settings, objects, roles }: Rendered): Problem[] {
  const { jumpRoleArn, ecrExternalId } = settings.wave.current;
  const server =
    objects.serviceAccounts["wave-sa"]?.metadata.annotations?.[
      "eks.amazonaws.com/role-arn"
    ];
  const principals = [shown(server), ...(jumpRoleArn ? [jumpRoleArn] : [])];
  const wanted = {
    Effect: "Allow",
    Principal: {
      AWS: principals.length === 1 ? principals[0] : principals,
    },
    Action: "sts:AssumeRole",
    Condition: {
      StringLike: { "sts:RoleSessionName": "wave-ecr-*" },
      ...(ecrExternalId !== undefined && {
        StringEquals: { "sts:ExternalId": ecrExternalId },
      }),
    },
  };
  const found = (roles.ecr?.trust.Statement ?? []).map(
    ({ Effect, Principal, Action, Condition }) => ({
      Effect,
      Principal,
      Action,
      Condition,
    }),
  );
  return problemIf(JSON.stringify(found) !== JSON.stringify([wanted]), {
    path: "role ecr: trust",
    given: shown(found),
    allowed: shown([wanted]),
    fix: "name these roles, this session name and the external id of the settings: Wave takes the role with them (VR-43, CFG-R1)",
  });
}

function isTrustOf(statement: PolicyStatement, subject: string): boolean {
  const operators = Object.keys(statement.Condition ?? {});
  const conditions = Object.entries(
    statement.Condition?.StringEquals ?? {},
  ).map(
    ([key, value]) => `${key.slice(key.lastIndexOf(":") + 1)}=${shown(value)}`,
  );
  const principal = statement.Principal;
  return (
    statement.Effect === "Allow" &&
    statement.Action === "sts:AssumeRoleWithWebIdentity" &&
    operators.join() === "StringEquals" &&
    sameTexts(conditions, ["aud=sts.amazonaws.com", `sub=${subject}`]) &&
    principal !== null &&
    typeof principal === "object" &&
    Object.keys(principal).join() === "Federated"
  );
}
