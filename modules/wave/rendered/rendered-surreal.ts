import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  containerOf,
  items,
  problemIf,
  property,
  shown,
  variable,
} from "./rendered-reading";

/** VR-45, D-26: SurrealDB asks for a password. It does not by default, whatever password it was given. */
export function surrealAsksForAPassword(rendered: Rendered): Problem[] {
  const value = variable(rendered, "surrealv1", "SURREAL_AUTH")?.value;
  return problemIf(value !== "true", {
    path: "Deployment surrealv1: env SURREAL_AUTH",
    given: shown(value),
    allowed: "true",
    fix: "set it to true: else everybody in the cluster owns the store (VR-45, D-26)",
  });
}

/** VR-45: no user and no password among the arguments. */
export function surrealArguments(rendered: Rendered): Problem[] {
  const container = containerOf(rendered, "surrealv1");
  const words = [...(container?.command ?? []), ...(container?.args ?? [])];
  const found = words.filter((word) => /^(-u|-p|--user|--pass)/.test(word));
  return problemIf(found.length > 0, {
    path: "Deployment surrealv1: args",
    given: found.map((word) => word.replace(/=.*/, "=…")).join(" "),
    allowed: "start --no-banner file://<path>",
    fix: "pass user and password by SURREAL_USER and SURREAL_PASS (VR-45)",
  });
}

/** VR-45, SUR-06: one pod, stopped before the next starts: two processes cannot open one store. */
export function surrealIsAlone({ objects }: Rendered): Problem[] {
  const spec = objects.deployments.surrealv1?.spec;
  return [
    ...problemIf(spec?.replicas !== "1", {
      path: "Deployment surrealv1: replicas",
      given: shown(spec?.replicas),
      allowed: "1",
      fix: "run one pod: a second one cannot open the store (VR-45)",
    }),
    ...problemIf(spec?.strategy?.type !== "Recreate", {
      path: "Deployment surrealv1: strategy",
      given: shown(spec?.strategy?.type),
      allowed: "Recreate",
      fix: "stop the old pod first: a rolling update waits for ever (VR-45)",
    }),
  ];
}

/** VR-45, K8S-22: an account of its own, without an AWS role. */
export function surrealAccount({ objects }: Rendered): Problem[] {
  const name =
    objects.deployments.surrealv1?.spec.template.spec.serviceAccountName;
  const users = Object.values(objects.deployments).filter(
    ({ spec }) => spec.template.spec.serviceAccountName === name,
  ).length;
  const role =
    objects.serviceAccounts[name ?? ""]?.metadata.annotations?.[
      "eks.amazonaws.com/role-arn"
    ];
  const known = name !== undefined && name in objects.serviceAccounts;
  return problemIf(!known || users !== 1 || role !== undefined, {
    path: "Deployment surrealv1: serviceAccountName",
    given: `${shown(name)}, used by ${users} Deployments, role ${shown(role)}`,
    allowed: "an account of its own without a role",
    fix: "use the account surrealdb (VR-45, SUR-07)",
  });
}

/** VR-45: Wave finds the store at the port of its Service. */
export function surrealAddress(rendered: Rendered): Problem[] {
  const port = items(rendered.objects.services.surrealv1?.spec.port)[0]?.port;
  const url = property(rendered, "surreal.default.url");
  return problemIf(url !== `http://surrealv1:${port}`, {
    path: "manifests/wave/classic/config.yml: surreal.default.url",
    given: shown(url),
    allowed: `http://surrealv1:${port}, the Service of SurrealDB`,
    fix: "write name and port of the Service (VR-45, CFG-20)",
  });
}
