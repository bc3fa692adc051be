import { DataResource } from "cdktf";
import { type Construct } from "constructs";
import { asksNoTerraform } from "./asks-no-terraform";

/**
 * Remembers values, so that what names it in `replaceTriggeredBy` is made anew when one of them changes. Not when this is
 * made itself: an environment that gets one later keeps what it has.
 *
 * @returns its address.
 */
export function replaceTrigger(
  scope: Construct,
  id: string,
  input: Readonly<Record<string, string>>,
): string {
  const trigger = new DataResource(scope, id, { input: { ...input } });
  asksNoTerraform(trigger);
  const { terraformResourceType, friendlyUniqueId } = trigger;
  return `${terraformResourceType}.${friendlyUniqueId}`;
}
