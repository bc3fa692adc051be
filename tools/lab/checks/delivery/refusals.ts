import {
  FLUX_NAMESPACE,
  POD_ACCOUNT,
} from "../../../../modules/delivery/names";
import { type AuditEntry } from "../../kube/audit";

const OWN = new RegExp(
  `^system:serviceaccount:${FLUX_NAMESPACE}:(.*-controller)$`,
);

/** What a controller of Flux was refused in its own name, each once; what it asks in another account's place is not its own. */
export function ownRefusals(audit: readonly AuditEntry[]): string[] {
  const texts = audit.flatMap(
    ({ verb, user, impersonatedUser, objectRef, responseStatus }) => {
      const [, account] = OWN.exec(user.username ?? "") ?? [];
      const { code, message = "" } = responseStatus ?? {};
      const isOwn =
        account !== undefined &&
        code === 403 &&
        impersonatedUser === undefined &&
        // The account that a release of the checks asks for.
        !message.startsWith(`serviceaccounts "${POD_ACCOUNT}" is forbidden`);
      // Without an object it asks whether the API is well.
      if (!isOwn || objectRef === undefined) return [];
      const { resource, namespace = "all namespaces" } = objectRef;
      return [`${account} ${verb} ${resource} in ${namespace}`];
    },
  );
  return [...new Set(texts)];
}
