import { emgChecks } from "../../../../tools/operate/verify/emg";
import { type SettingsChange, emgSettings } from "../../../support/settings";

const linesOf = (change: SettingsChange = {}): string[] =>
  emgChecks(emgSettings(change));

const PREFECT = "https://prefect.emg.example.org";

/** What a command's line says that it answers. */
const answerTo = (lines: readonly string[], command: string): string =>
  lines.filter((line) => line.includes(command)).join("\n");

test("strangers are asked to log in, workers by a challenge, and a forged address changes nothing", () => {
  const lines = linesOf();
  expect(answerTo(lines, `${PREFECT} #`)).toMatch(/# 403/);
  expect(answerTo(lines, "/oauth2/start")).toMatch(/# 302, to github.com/);
  expect(answerTo(lines, `--include ${PREFECT}/workers/api/`)).toMatch(
    /# 401, with www-authenticate/,
  );
  expect(answerTo(lines, "X-Forwarded-For")).toMatch(/# 401/);
  expect(answerTo(lines, "--path-as-is")).toMatch(/# not 200/);
});

test("each host leads to https, and the API answers at its path", () => {
  const lines = linesOf({ emg: { api: { healthPath: "/well/" } } });
  for (const host of ["prefect.emg.example.org", "api.emg.example.org"]) {
    expect(answerTo(lines, ` http://${host} `)).toMatch(/# 301/);
    expect(answerTo(lines, "dig +short")).toContain(host);
  }
  expect(answerTo(lines, "/well/")).toMatch(/# 200/);
});

test("with one password for all Prefect itself is asked, and without the API nobody asks for it", () => {
  const lines = linesOf({
    emg: { api: undefined, auth: { mode: "prefect-basic" } },
  });
  expect(answerTo(lines, "/api/variables/name/x-health")).toMatch(/# 401/);
  expect(lines.join("\n")).not.toMatch(/oauth2|workers|api\.emg/);
});
