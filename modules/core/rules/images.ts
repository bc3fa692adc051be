import { isPinned, readReference } from "../../lib/image-reference";
import { type Problem } from "../../lib/problem";
import { type Rule, when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";

const CHARTS = [
  "efsCsiDriver",
  "loadBalancerController",
  "clusterAutoscaler",
] as const;

/** An image has to have a tag other than latest, or a digest: else what runs can change from day to day. */
export function pinnedProblems(
  path: string,
  image: string | undefined,
): Problem[] {
  return when(image !== undefined && !isPinned(readReference(image)), () => ({
    path,
    given: `"${image ?? ""}"`,
    allowed: "an image with a tag other than latest, or with a digest",
    fix: "write the version you tested, such as …:1.2.3 or …@sha256:…",
  }));
}

/** A version at the beginning of a tag: `v7.15.3-alpine`, but no date, and no `3.8.3rc1`, which is older than what it is called. */
const VERSION = /^v?(\d{1,2}(?:\.\d+)*)(?=-(?!alpha|beta|dev|pre|rc)|$)/;

/** The numbers of a version; none where the text does not begin with one. */
export const versionOf = (tag = ""): number[] =>
  VERSION.exec(tag)?.[1]?.split(".").map(Number) ?? [];

/** An image whose tag does not say that it is of a version or a later one. A digest says nothing of it. */
export function oldestProblems(
  path: string,
  image: string,
  oldest: string,
  why: string,
): Problem[] {
  const given = versionOf(readReference(image).tag);
  const least = versionOf(oldest);
  const at = least.findIndex((part, index) => part !== given[index]);
  const isOlder = at >= 0 && (given[at] ?? Infinity) < (least[at] ?? 0);
  // One number alone is a build of somebody, where more are usual.
  const isUnknown =
    given.length < Math.min(least.length, 2) ||
    (at >= 0 && given[at] === undefined);
  return when(isUnknown || isOlder, () => ({
    path,
    given: `"${image}"${isUnknown ? ", whose tag does not tell the version" : ""}`,
    allowed: `a tag that begins with a version, ${oldest} or later: ${why}`,
    fix: "give it the tag of such a release; a digest may follow the tag",
  }));
}

/** What a tag that stays has: three numbers, a longer one of a build or a date, or a commit. PostgreSQL has two numbers. */
const STAYS = /\d+\.\d+\.\d+|^\d{2}\.\d|\d{3}|(?=[a-f]*\d)[0-9a-f]{7}/;

/** Whether the same name may be another image tomorrow, as far as it can be told from the name. */
export function mayMove(image: string): boolean {
  const { tag = "", digest } = readReference(image);
  return digest === undefined && !STAYS.test(tag);
}

/** The controllers, and what stands beside them in their pods. */
const pinnedControllers: Rule<CoreSettings> = ({ charts }) =>
  CHARTS.flatMap((key) =>
    Object.entries(charts[key])
      .filter(([name]) => /image$/i.test(name))
      .flatMap(([name, image]) =>
        pinnedProblems(`charts.${key}.${name}`, image),
      ),
  );

export const imageRules = [pinnedControllers];
