import { type Problem } from "../../lib/problem";
import { hasBuilds, isClassic } from "../release/line";
import { type Rendered, problemIf, sameTexts, shown } from "./rendered-reading";

/**
 * VR-44, K8S-09, K8S-11: Wave and its builds have an account each, in their namespaces, with different roles; an account
 * whose pods call nothing of AWS has none.
 */
export function oneRolePerAccount({
  settings,
  objects,
  roles,
}: Rendered): Problem[] {
  const { namespace, buildNamespace } = settings.wave;
  const roleOf = (account: string) =>
    objects.serviceAccounts[account]?.metadata.annotations?.[
      "eks.amazonaws.com/role-arn"
    ];
  const expected = [
    { name: "wave-sa", where: namespace, hasRole: roles.server !== undefined },
    {
      name: "wave-build-sa",
      where: hasBuilds(settings) ? buildNamespace : undefined,
      hasRole: (roles.build ?? roles.cache) !== undefined,
    },
  ];
  const arns = Object.values(objects.serviceAccounts).flatMap(
    ({ metadata }) =>
      metadata.annotations?.["eks.amazonaws.com/role-arn"] ?? [],
  );
  return [
    ...expected.flatMap(({ name, where, hasRole }) => {
      const found = objects.serviceAccounts[name]?.metadata.namespace;
      const right = found === where && (roleOf(name) !== undefined) === hasRole;
      return problemIf(!right, {
        path: `ServiceAccount ${name}`,
        given: `namespace ${shown(found)}, role ${shown(roleOf(name))}`,
        allowed:
          where === undefined
            ? "no such account in Wave Lite"
            : `namespace ${where}, ${hasRole ? "with a role of its own" : "without a role"}`,
        fix: hasRole
          ? "annotate eks.amazonaws.com/role-arn with its role (VR-44)"
          : "remove it: these pods call nothing of AWS (VR-44)",
      });
    }),
    ...problemIf(new Set(arns).size !== arns.length, {
      path: "ServiceAccounts: eks.amazonaws.com/role-arn",
      given: "one role for several accounts",
      allowed: "a role of its own for each account",
      fix: "give each account its role: builds run users' code (VR-44, IAM-07)",
    }),
  ];
}

/** VR-46: namespaces of our own, with the Pod Security labels of K8S-01 and K8S-06; Wave Lite has one. */
export function namespaces({ settings, objects }: Rendered): Problem[] {
  const { namespace, buildNamespace, build, hardening } = settings.wave;
  const wave = hardening.runAsNonRoot ? "restricted" : "baseline";
  const builds = !isClassic(settings) || build.singularity;
  const levels: Record<string, Record<string, string>> = {
    [namespace]: { enforce: wave, audit: "restricted", warn: "restricted" },
    ...(hasBuilds(settings) && {
      [buildNamespace]: {
        enforce: builds ? "privileged" : "baseline",
        audit: "baseline",
        warn: "baseline",
      },
    }),
  };
  const count = hasBuilds(settings) ? 2 : 1;
  const names = Object.values(objects.namespaces).map(
    ({ metadata }) => metadata.name ?? "",
  );
  return [
    ...problemIf(
      !sameTexts(names, Object.keys(levels)) ||
        names.length !== count ||
        names.some((name) => name === "default" || name.startsWith("kube-")),
      {
        path: hasBuilds(settings)
          ? "wave.namespace, wave.buildNamespace"
          : "wave.namespace",
        given: names.join(", "),
        allowed: `${count === 2 ? "two different namespaces" : "one namespace"}, not default and not kube-…`,
        fix: "choose other names (VR-46)",
      },
    ),
    ...Object.entries(levels).flatMap(([name, expected]) =>
      Object.entries(expected).flatMap(([mode, level]) => {
        const label = `pod-security.kubernetes.io/${mode}`;
        const given = objects.namespaces[name]?.metadata.labels?.[label];
        return problemIf(given !== level, {
          path: `Namespace ${name}: label ${label}`,
          given: shown(given),
          allowed: level,
          fix: "label the namespace (VR-46, K8S-01, K8S-06)",
        });
      }),
    ),
  ];
}
