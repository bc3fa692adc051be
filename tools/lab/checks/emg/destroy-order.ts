import { DEPLOYMENTS, SECRETS, SERVICES } from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type AuditEntry } from "../../kube/audit";
import { type Deleted, deletionProblems } from "../deletions";

/**
 * What went too early in the last destroy: an Ingress goes before the Service that it leads to, programs before the Secrets
 * that they read, and the namespace last.
 */
export function emgOrderProblems(
  { emg }: EmgSettings,
  audit: readonly AuditEntry[],
): string[] {
  const at = (resource: string, name: string): Deleted => [
    resource,
    emg.namespace,
    name,
  ];
  const isProxied = emg.auth.mode === "oauth2-proxy";
  const programs = [
    ...(isProxied ? (["login", "gateway"] as const) : []),
    ...(emg.api ? (["api"] as const) : []),
  ];
  return deletionProblems(audit, [
    [
      at("ingresses", "prefect-ingress"),
      ...(emg.api ? [at("ingresses", "emgapi-ingress")] : []),
    ],
    programs.flatMap((app) => [
      at("deployments", DEPLOYMENTS[app]),
      at("services", SERVICES[app].name),
    ]),
    [
      at("deployments", DEPLOYMENTS.prefect),
      at("services", SERVICES.prefect.name),
    ],
    [at("secrets", SECRETS.prefect), at("secrets", SECRETS.databases)],
    [at("namespaces", emg.namespace)],
  ]);
}
