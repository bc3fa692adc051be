import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Suppression } from "../../audit/exceptions";
import { type Settings, settingsSchema } from "../../../modules/schema";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { type Plan } from "./plan";

const SETTINGS = "settings.json";

/**
 * What fails in the lab only, which deploys with `retain: false` to be able to destroy; and host ports, of which there is none: of
 * what stands the provider reads 0, which checkov takes for one.
 */
export const labCovers: readonly Suppression[] = [
  {
    id: "retain: false",
    rule: "CKV_AWS_293",
    paths: ["data/postgres/instance/Default", "emg/postgres/instance/Default"],
  },
  {
    id: "host port 0",
    rule: "CKV_K8S_26",
    paths: ["workloads/deployment-*", "emg/deployment-*"],
  },
];

/** What the lab keeps of a line. */
export interface KeptPlans {
  /** Such as `current`. */
  readonly line: string;
  readonly settings: Settings;
  /** `terraform show -json` of a plan, by stack. */
  readonly plans: Readonly<Record<string, string>>;
  /** When the last of them was made. */
  readonly made: Date;
}

/**
 * Keeps the plans of what stands, with the settings that it has. Not among the logs, which are searched for passwords: a
 * plan holds what the state holds, here the throw-away passwords of an emulated account.
 */
export function keepPlans(
  { line, settings }: Pick<Lab, "line" | "settings">,
  plans: readonly Pick<Plan, "stack" | "json">[],
  folder = paths.plans,
): void {
  const own = join(folder, line);
  mkdirSync(own, { recursive: true });
  const write = (file: string, text: string): void => {
    writeFileSync(join(own, file), text, { mode: 0o600 });
  };
  write(SETTINGS, JSON.stringify(settings));
  for (const { stack, json } of plans) write(`plan-${stack}.json`, json);
}

/** What the last run of the lab kept, by line; nothing when there was none. */
export function keptPlans(folder = paths.plans): KeptPlans[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((line) => {
    const read = (file: string): string =>
      readFileSync(join(folder, line, file), "utf8");
    const files = readdirSync(join(folder, line)).flatMap((file) => {
      const stack = /^plan-(.+)\.json$/.exec(file)?.[1];
      return stack === undefined ? [] : [{ stack, file }];
    });
    return {
      line,
      settings: settingsSchema.parse(JSON.parse(read(SETTINGS))),
      plans: Object.fromEntries(
        files.map(({ stack, file }) => [stack, read(file)]),
      ),
      made: statSync(join(folder, line, SETTINGS)).mtime,
    };
  });
}
