import { environmentOf } from "../settings";
import { type Lab } from "../lab";
import { run } from "../system/process";
import { logOf } from "../steps/steps";
import { paths } from "../paths";
import { join } from "node:path";

/** What a command of `wave-eks` did. */
export interface Answered {
  readonly code: number;
  /** Both streams, as a log has them. */
  readonly text: string;
  /** The document of `--json`; undefined where the command was not asked for one, or printed none. */
  readonly json: unknown;
}

/**
 * `wave-eks <command> <environment of the line> …`, as a user runs it, without a terminal; of a call with `--all` without the environment.
 *
 * @param env Variables beside those of the lab.
 */
export async function waveEks(
  lab: Lab,
  [command = "", ...args]: readonly string[],
  env: NodeJS.ProcessEnv = {},
  { isAll = false }: { readonly isAll?: boolean } = {},
): Promise<Answered> {
  const environment = environmentOf(lab.line);
  const typed = [command, ...(isAll ? [] : [environment]), ...args];
  lab.report.progress(`wave-eks ${typed.join(" ")}`);
  const { code, lines } = await run(
    process.execPath,
    [join(paths.root, "scripts", "wave-eks.mjs"), ...typed],
    { step: logOf(lab, `wave-eks-${command}`), env: { ...lab.env, ...env } },
  );
  const text = lines.join("\n");
  return { code, text, json: documentIn(text) };
}

/** The JSON document among lines for people: it begins and ends with a line of its own. */
function documentIn(text: string): unknown {
  const [document] = /^[[{]\n[\s\S]*^[\]}]$/m.exec(text) ?? [];
  return document === undefined ? undefined : (JSON.parse(document) as unknown);
}
