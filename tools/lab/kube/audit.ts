import { existsSync, readFileSync } from "node:fs";
import { FLUX_NAMESPACE } from "../../../modules/delivery/names";
import { logFile } from "../paths";

/** Changes of a cluster, one JSON object a line. */
export const auditLogOf = (cluster: string): string =>
  logFile(`${cluster}-audit`);

/** What the API server logs, without contents: everything that was changed, and all that Flux asks. */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    {
      level: "Metadata",
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
      omitManagedFields: true,
    },
    {
      level: "Metadata",
      userGroups: [`system:serviceaccounts:${FLUX_NAMESPACE}`],
    },
    { level: "None" },
  ],
};

/** One change of the cluster. */
export interface AuditEntry {
  readonly verb: string;
  readonly requestReceivedTimestamp: string;
  /** Nobody when the login was refused. */
  readonly user: { readonly username?: string };
  /** In whose place the user asked. */
  readonly impersonatedUser?: { readonly username?: string };
  readonly objectRef?: {
    readonly resource: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: {
    readonly code: number;
    readonly message?: string;
  };
}

/** The log; a line still being written is left out. */
export function readAudit(file: string): AuditEntry[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);
}
