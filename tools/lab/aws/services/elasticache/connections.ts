import { createHash } from "node:crypto";
import { AwsError } from "../call";
import { type ReplicationGroup } from "./store";

const hashOf = (password: string): string =>
  createHash("sha256").update(password).digest("hex");

/** What a group takes that is made with this request: its password, or none. */
export const firstPassword = (form: URLSearchParams): string[] => {
  const password = form.get("AuthToken");
  return password === null ? [] : [hashOf(password)];
};

const refused = (message: string): AwsError =>
  new AwsError("InvalidParameterCombination", message);

/** What `ModifyReplicationGroup` changes for those who connect, and what ElastiCache refuses of it. */
export function changeConnections(
  group: ReplicationGroup,
  form: URLSearchParams,
): void {
  refuseTlsJump(group, form);
  const password = form.get("AuthToken");
  const strategy = form.get("AuthTokenUpdateStrategy") ?? "ROTATE";
  if (strategy === "DELETE")
    throw refused("A password is taken off together with a user group only.");
  if (password === null) return;
  group.passwords = passwordsAfter(group, strategy, hashOf(password));
}

/** ROTATE adds one to the last; SET leaves one that is there already, or is the first. */
function passwordsAfter(
  { passwords }: ReplicationGroup,
  strategy: string,
  added: string,
): string[] {
  if (strategy === "ROTATE") return [...passwords.slice(-1), added];
  if (passwords.length > 0 && !passwords.includes(added))
    throw refused(
      "The AUTH token has to be added with the strategy ROTATE before it can be SET.",
    );
  return [added];
}

/** TLS goes on and off over the mode `preferred`. */
function refuseTlsJump(
  { form: now }: ReplicationGroup,
  form: URLSearchParams,
): void {
  const wasOn = now.get("TransitEncryptionEnabled") === "true";
  const isOn =
    (form.get("TransitEncryptionEnabled") ?? String(wasOn)) === "true";
  const mode = now.get("TransitEncryptionMode") ?? (wasOn ? "required" : "");
  const next = form.get("TransitEncryptionMode") ?? (isOn ? mode : "");
  if (!wasOn && isOn && next !== "preferred")
    throw refused("Transit encryption is turned on with the mode preferred.");
  if (wasOn && !isOn && mode !== "preferred")
    throw refused("Transit encryption is turned off from the mode preferred.");
}
