import { judgeSupport } from "../../versions/standing";
import { VERSION_KEYS, deployedVersions } from "../../versions/selected";
import { type Check, type Finding } from "./check";
import { type Examined } from "./examined";

/** What the environment deploys has a maker who supports it, by the table of docs/versions.md. */
export const versionChecks = ({
  settings,
  json,
  now,
}: Pick<Examined, "settings" | "json" | "now">): Check[] => [
  {
    about: "ends of support",
    ask: () =>
      Promise.resolve(
        judgeSupport(
          deployedVersions({ name: "settings", settings, stacks: json }),
          now.toISOString().slice(0, 10),
        )
          .filter(({ kind }) => ["failing", "warning", "past"].includes(kind))
          .map(({ subject, version, text }): Finding => ({
            path: pathOf(subject),
            found: text.replace(/ \(settings\)$/, ""),
            fix: `write a version that has longer: docs/versions.md lists those of ${subject}${subject === "Wave" && version.startsWith("1.3.") ? ", and docs/upgrade the way" : ""}`,
            severity: "know",
          })),
      ),
  },
];

/** Setting that chooses it. */
const pathOf = (subject: string): string =>
  Object.entries(VERSION_KEYS).find(([, one]) => one === subject)?.[0] ??
  (subject === "Wave" ? "wave.version" : "versions of this project");
