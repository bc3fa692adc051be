import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Pod } from "./pods";

/** A pod whose addresses and folders are those of this machine. */
export interface PlacedPod {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What was put in the place of what. */
  readonly changes: readonly string[];
  /** Folder here, by path in the container. */
  readonly folders: ReadonlyMap<string, string>;
}

/**
 * Writes the files of a pod below a folder, and puts the addresses and folders of this machine in the place of the cluster's, in
 * arguments, variables and files.
 * @param addresses By text of the cluster, such as `prefect-server:4200`.
 */
export function placePod(
  pod: Pod,
  root: string,
  addresses: Readonly<Record<string, string>>,
): PlacedPod {
  const folders = new Map(
    pod.mounts.map(({ path }) => [path, join(root, path)]),
  );
  const changes = new Set<string>();
  const translate = translator(
    { ...addresses, ...Object.fromEntries(folders) },
    (from, to) => changes.add(`${from} → ${to}`),
  );
  for (const { path, files } of pod.mounts) {
    const folder = folders.get(path) ?? root;
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(folder, name), translate(text));
  }
  return {
    command: pod.command.map(translate),
    env: Object.fromEntries(
      Object.entries(pod.env).map(([name, value]) => [name, translate(value)]),
    ),
    changes: [...changes],
    folders,
  };
}

/** Every text at once, the longest first, so that nothing is put in the place of what was put there. */
function translator(
  texts: Readonly<Record<string, string>>,
  told: (from: string, to: string) => void,
): (text: string) => string {
  const known = Object.keys(texts).sort((a, b) => b.length - a.length);
  // A host may stand behind https://; a folder that stands behind another one is a part of that.
  const pattern = new RegExp(
    `(?:${known.map((one) => `(?<![${one.startsWith("/") ? "/" : ""}\\w.-])${escaped(one)}`).join("|")})(?![\\w-])`,
    "g",
  );
  return (text) =>
    text.replace(pattern, (from) => {
      const to = texts[from] ?? from;
      told(from, to);
      return to;
    });
}

const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
