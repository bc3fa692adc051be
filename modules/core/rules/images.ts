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
