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
    if (key.includes("="))
      return report(
        "a key without =",
        "rename the tag: the load-balancer controller reads everything after the first = as the value",
      );
    if (breaksYaml(key))
      return report(
        "a key without a blank after a colon",
        "rename the tag: the chart of the load-balancer controller writes tags into YAML without quotes",
      );
    if (key === "Name")
      return report(
        "any other key",
        "remove it: every resource has a Name of its own",
      );
    return [];
  });

/**
 * The chart of the load-balancer controller writes all tags into one argument, without quotes: there a colon before a blank,
 * or at the end, begins a map, and the Deployment is none any more.
 */
const breaksYaml = (text: string): boolean => /:(\p{Z}|$)/u.test(text);

const valuesInYaml: Rule<CoreSettings> = ({ tags }) =>
  Object.entries(tags)
    .filter(([, value]) => CHARACTERS.test(value) && breaksYaml(value))
    .map(([key, value]) => ({
      path: `tags.${key}`,
      given: `"${value}"`,
      allowed:
        "a value without a colon before a blank or at its end: the chart of the load-balancer controller writes it into YAML without quotes",
      fix: `write "${value.replace(/:(\p{Z}+|$)/gu, (_, blank: string) => (blank === "" ? "" : ":"))}", for example`,
    }));

/** IAM takes `Team` and `team` for the same key, and refuses the second ("Tags for IAM resources" of its user guide). */
const keysOnce: Rule<CoreSettings> = ({ tags }) => {
  const keys = Object.keys(tags);
  const first = (key: string): string | undefined =>
    keys.find((other) => other.toLowerCase() === key.toLowerCase());
  return keys
    .filter((key) => first(key) !== key)
    .map((key) => ({
      path: `tags.${key}`,
      given: `the key "${key}", beside "${first(key) ?? ""}"`,
      allowed: "keys that differ in more than capitals: IAM takes them for one",
      fix: "remove one of the two",
    }));
};

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

export const tagRules = [tagKeys, keysOnce, tagValues, valuesInYaml, tagCount];
