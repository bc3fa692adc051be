import { readReference } from "../../lib/image-reference";
import { type Problem } from "../../lib/problem";
import { when } from "../../settings/rule";
import { type CoreSettings } from "../settings/schema";
import { pinnedProblems } from "./images";
import { mirrorProblems } from "./mirrors";

/** An image that pods of a platform start. */
export interface StartedImage {
  /** Setting that names it. */
  readonly path: string;
  readonly image: string;
  /** Oldest version that may start, with the reason. @default any */
  readonly oldest?: { readonly version: string; readonly why: string };
}

/** Each is pinned, new enough as far as its tag tells, and where nodes can pull it from: by the proxy, where there is one. */
export const startedProblems = (
  settings: CoreSettings,
  images: readonly StartedImage[],
): Problem[] => [
  ...images.flatMap((one) => {
    const problems = pinnedProblems(one.path, one.image);
    return problems.length > 0 ? problems : oldestProblems(one);
  }),
  ...(settings.network.proxy === undefined
    ? mirrorProblems(
        settings,
        images.map((one) => ({ ...one, isSet: true })),
      )
    : []),
];

/** A version at the beginning of a tag: `v7.15.3-alpine`, but no date, and no `3.8.3rc1`, which is older than what it is called. */
const VERSION = /^v?(\d{1,2}(?:\.\d+)*)(?=-(?!alpha|beta|dev|pre|rc)|$)/;

/** The numbers of the version that an image's tag begins with; none where it begins with no version. */
export const versionOf = (image: string): number[] =>
  numbersOf(readReference(image).tag ?? "");

const numbersOf = (tag: string): number[] =>
  VERSION.exec(tag)?.[1]?.split(".").map(Number) ?? [];

/** An image whose tag does not say that it is of a version or a later one. A digest says nothing of it. */
function oldestProblems({ path, image, oldest }: StartedImage): Problem[] {
  if (oldest === undefined) return [];
  const given = versionOf(image);
  const least = numbersOf(oldest.version);
  const at = least.findIndex((part, index) => part !== given[index]);
  const isOlder = at >= 0 && (given[at] ?? Infinity) < (least[at] ?? 0);
  // One number alone is a build of somebody, where more are usual.
  const isUnknown =
    given.length < Math.min(least.length, 2) ||
    (at >= 0 && given[at] === undefined);
  return when(isUnknown || isOlder, () => ({
    path,
    given: `"${image}"${isUnknown ? ", whose tag does not tell the version" : ""}`,
    allowed: `a tag that begins with a version, ${oldest.version} or later: ${oldest.why}`,
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
