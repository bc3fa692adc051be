import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { clientsOf } from "../../../modules/wave/release/clients";
import { type Check, smokeTest } from "../../../modules/wave/smoke-test/checks";
import { shownExpected } from "./evaluate";
import { type Result } from "./run";
import { type Target } from "./target";

/** What is asked where, before the first answer. */
export function headline(
  { wave: { version } }: Settings,
  source: string,
  { hostname, addresses, chosen, timeoutMs }: Target,
): string {
  const over = chosen
    ? `, asked at ${addresses.https.origin} and ${addresses.http.origin}`
    : "";
  return `Smoke test of Wave ${version} at https://${hostname}${over} (${source}); at most ${timeoutMs / 1000} s for an answer.`;
}

const requestOf = ({ json, scheme, path }: Check): string =>
  `${json === undefined ? "GET" : "POST"} ${path}${scheme === "http" ? " by http" : ""}`;

/** The lines of the table. What was got comes last: its width is not known before. */
export function tableOf(settings: Settings): {
  head: string;
  row: (result: Result) => string;
} {
  const checks = smokeTest(settings);
  const widest = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => text.length));
  const widths = [
    "skipped".length,
    widest(checks.map(({ name }) => name)),
    widest(checks.map(({ what }) => what)),
    widest(checks.map(requestOf)),
    widest(checks.map(shownExpected)),
  ];
  const line = (...cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return {
    head: line("result", "check", "proves", "request", "expected", "got"),
    row: ({ check, outcome, got }) =>
      line(
        outcome,
        check.name,
        check.what,
        requestOf(check),
        shownExpected(check),
        got,
      ),
  };
}

/** Causes and what to do, each once with all checks it explains, and the closing line. */
export function summaryOf(
  results: readonly Result[],
  version: string,
): string[] {
  const count = (outcome: Result["outcome"]): number =>
    results.filter((result) => result.outcome === outcome).length;
  return [
    ...causesOf(results),
    "",
    `${clientsOf(version)}.`,
    `verify: ${count("ok")} passed, ${count("FAILED")} failed, ${count("skipped")} skipped`,
  ];
}

function causesOf(results: readonly Result[]): string[] {
  const causes = new Map<string, { names: Set<string>; fix: string }>();
  for (const { check, advice } of results) {
    if (advice === undefined) continue;
    const { names } = causes.get(advice.cause) ?? {
      names: new Set<string>(),
    };
    causes.set(advice.cause, {
      names: names.add(check.name),
      fix: advice.fix,
    });
  }
  return [...causes].flatMap(([cause, { names, fix }]) => [
    "",
    `FAILED ${[...names].join(", ")}`,
    `  likely cause  ${cause}`,
    `  what to do    ${fix}`,
  ]);
}
