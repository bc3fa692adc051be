import { type CoreSettings } from "../settings/schema";
import { type Problem } from "../../lib/problem";
import { type Rule, when } from "../../settings/rule";

/** What every AWS service takes in keys and values of tags. */
const CHARACTERS = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;
const ALLOWED = "letters, digits, spaces and _ . : / = + - @";

/** AWS takes 50; the rest is for Name and what EKS and the controllers add. */
const MOST = 40;

const tagKeys: Rule<CoreSettings> = ({ tags }) =>
  Object.keys(tags).flatMap((key): Problem[] => {
    const report = (allowed: string, fix: string) => [
      { path: `tags.${key}`, given: `the key "${key}"`, allowed, fix },
    ];
    if (!CHARACTERS.test(key)) return report(ALLOWED, "rename the tag");
    if (/^aws:/i.test(key))
      return report(
        "a key that does not start with aws:",
        "rename the tag: AWS keeps this beginning for itself",
      );
    if (key === "Name")
      return report(
        "any other key",
        "remove it: every resource has a Name of its own",
      );
    return [];
  });

/** A comma would also break the tags that the load-balancer controller is given. */
const tagValues: Rule<CoreSettings> = ({ tags }) =>
  Object.entries(tags)
    .filter(([, value]) => !CHARACTERS.test(value))
    .map(([key, value]) => ({
      path: `tags.${key}`,
      given: `"${value}"`,
      allowed: ALLOWED,
      fix: "write the value without other characters",
    }));

const tagCount: Rule<CoreSettings> = ({ tags }) =>
  when(Object.keys(tags).length > MOST, () => ({
    path: "tags",
    given: `${Object.keys(tags).length} tags`,
    allowed: `at most ${MOST}: AWS takes 50 for a resource, and some are added`,
    fix: "remove some",
  }));

export const tagRules = [tagKeys, tagValues, tagCount];
