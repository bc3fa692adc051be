import { imagesOf } from "../../versions/images";
import { graphOf } from "../../audit/graph";
import { VERSIONED } from "../../versions/selected";
import { type Selected, judgeSupport } from "../../versions/standing";
import { type Settings } from "../../../modules/schema";
import { type Row, dayOf } from "./part";
import { type StackState, attributesOf } from "./states";

/** What runs, by the states and the settings, against the table of support. */
export function versionRows(
  states: readonly StackState[],
  settings: Settings,
  now: Date,
): Row[] {
  return judgeSupport(running(states, settings), dayOf(now)).map(
    ({ subject, version, kind, text }): Row => ({
      what: `${subject} ${version}`,
      found: text
        .slice(`${subject} ${version}: `.length)
        .replace(/ \((state|settings)(, (state|settings))*\)$/, ""),
      standing:
        kind === "fine" || kind === "undated" || kind === "kept"
          ? "fine"
          : kind === "failing" && text.includes("support ended")
            ? "wrong"
            : "know",
    }),
  );
}

function running(
  states: readonly StackState[],
  settings: Settings,
): Selected[] {
  const nothing = graphOf({});
  return [
    ...Object.entries(VERSIONED).flatMap(([type, read]) =>
      attributesOf(states, type).map((body) => read(body, nothing)),
    ),
    ...attributesOf(states, "helm_release")
      .filter(({ repository }) => Boolean(repository))
      .map(({ chart, version }) => ({
        subject: `chart ${String(chart)}`,
        version: String(version),
      })),
  ]
    .map((one) => ({ ...one, where: "state" }))
    .concat(
      imagesOf(settings).map(({ product, tag, digest }) => ({
        subject: product,
        version: tag ?? digest ?? "without a version",
        where: "settings",
      })),
    );
}
