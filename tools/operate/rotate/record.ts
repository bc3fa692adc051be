import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { namesOf } from "../../../modules/lib/names";
import { type Target } from "../target";

/** How far a rotation is. No secret is in it. */
export interface RotationRecord {
  /** Name of the secret, such as `redis`. */
  readonly secret: string;
  /** Stacks it deploys. */
  readonly stacks: readonly string[];
  /** When it was begun, in ISO 8601. */
  readonly begun: string;
  /** Version that is written into the settings file; 0 of a secret of the operator. */
  readonly to: number;
  /** Steps that are done. */
  done: number;
  /** Ids of the versions of an operator's secret, before and since: what leads back. */
  versions?: { readonly before: string; readonly since: string };
}

type Place = Pick<Target, "settings">;

const folderOf = ({ settings }: Place): string =>
  projectFile(".state", namesOf(settings).prefix);

/** `rotate-<secret>.json`; colons of ports are no letters of a file name everywhere. */
const fileOf = (place: Place, secret: string): string =>
  join(
    folderOf(place),
    `rotate-${secret.replace(/[^A-Za-z0-9.-]/g, "_")}.json`,
  );

/** Every rotation of an environment that was begun here and has not ended. */
export function openRotations(place: Place): RotationRecord[] {
  const folder = folderOf(place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^rotate-.*\.json$/.test(file))
    .map(
      (file) =>
        JSON.parse(readFileSync(join(folder, file), "utf8")) as RotationRecord,
    );
}

/** Written beside and renamed: one that is killed meanwhile leaves the record of before. */
export function keepRotation(place: Place, record: RotationRecord): void {
  mkdirSync(folderOf(place), { recursive: true });
  const file = fileOf(place, record.secret);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(draft, file);
}

export const endRotation = (place: Place, secret: string): void => {
  rmSync(fileOf(place, secret), { force: true });
};
