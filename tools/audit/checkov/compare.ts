import { type Suppression, isScanners } from "../exceptions";
import { type Graph } from "../graph";
import { matchesPattern } from "../pattern";

/** One file that was scanned, what the register covers there, and what failed. */
export interface Scan {
  readonly name: string;
  readonly stack: string;
  readonly framework: "terraform_json" | "terraform_plan";
  readonly graph: Graph;
  readonly covers: readonly Suppression[];
  readonly failed: readonly { check_id: string; resource: string }[];
}

/**
 * What failed without an entry of the register, and names of checkov's in the register that nothing failed under.
 *
 * @param isAll Whether all environments were scanned: an entry need not have a failure in each. @default true
 */
export function compare(scans: readonly Scan[], isAll = true): string[] {
  const named = new Set<string>();
  const used = new Set<string>();
  const missing = scans.flatMap(({ stack, framework, covers, ...scan }) => {
    const keys = covers
      .filter(({ rule }) => isScanners(rule))
      .flatMap(keysOf)
      .filter(({ pattern }) => pattern.startsWith(`${stack}/`));
    for (const { plan, key } of keys)
      if (framework === "terraform_plan" || !plan) named.add(key);
    return scan.failed.flatMap(({ check_id: check, resource }) => {
      const path = pathOf(scan.graph, stack, resource);
      const fitting = keys.filter(
        ({ rule, pattern }) => rule === check && matchesPattern(pattern, path),
      );
      for (const { key } of fitting) used.add(key);
      const problem = `${scan.name}: ${check} ${resource} ${path}: no entry`;
      return fitting.length > 0 ? [] : [problem];
    });
  });
  const idle = isAll ? [...named].filter((key) => !used.has(key)) : [];
  return [...missing, ...idle.map((key) => `${key}: not reported`)];
}

const keysOf = ({ id, rule, paths, plan }: Suppression) =>
  paths.map((pattern) => ({
    ...{ rule, pattern, plan },
    key: `${id} ${rule} ${pattern}`,
  }));

/** In JSON checkov leaves the type away (`resource.cluster`), so that a name of two resources is nobody's: empty. */
export function pathOf(
  { byAddress, subjects }: Graph,
  stack: string,
  name: string,
): string {
  const [block, label = ""] = name.split(".");
  const named = subjects
    .filter((one) => one.stack === stack && one.address.endsWith(`.${label}`))
    .filter(({ type }) => type.startsWith("data.") === (block === "data"));
  const [only] = named.length === 1 ? named : [];
  return (byAddress.get(`${stack}:${name}`) ?? only)?.path ?? "";
}
