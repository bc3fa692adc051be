import { type PolicyStatement } from "../lib/policy";
import { type Problem } from "../lib/problem";
import { type Rendered, problemIf, sameTexts, shown } from "./rendered-reading";

/** VR-43: each role can be taken by one service account, for AWS only. */
export function oneSubjectPerRole({ settings, roles }: Rendered): Problem[] {
  const { namespace, buildNamespace } = settings.wave;
  const accounts = {
    server: `${namespace}:wave-sa`,
    build: `${buildNamespace}:wave-build-sa`,
    export: `${namespace}:surreal-export`,
  };
  return (["server", "build", "export"] as const).flatMap((role) => {
    const subject = `system:serviceaccount:${accounts[role]}`;
    const [statement, ...others] = roles[role].trust.Statement;
    return problemIf(
      others.length > 0 ||
        statement === undefined ||
        !isTrustOf(statement, subject),
      {
        path: `role ${role}: trust`,
        given: shown(roles[role].trust.Statement),
        allowed: `sts:AssumeRoleWithWebIdentity for ${subject} with audience sts.amazonaws.com, by StringEquals`,
        fix: "name one subject and one audience (VR-43, IAM-06)",
      },
    );
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
