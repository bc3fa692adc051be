/** Processor architecture of a node, in Kubernetes' words. */
export type Architecture = "amd64" | "arm64";

/** Architecture of an EC2 instance type: Graviton families have a `g` behind their generation (`m7g`, `c6gn`, `r8gd`). */
export function architectureOf(instanceType: string): Architecture {
  const family = instanceType.split(/[.-]/)[0] ?? "";
  return family === "a1" || /\d[a-z]*g/.test(family) ? "arm64" : "amd64";
}

/** GiB for each vCPU, by the first letter of the family. */
const GIB_PER_CPU: Readonly<Record<string, number>> = {
  c: 2,
  m: 4,
  r: 8,
  t: 4,
};

/** Memory of the small types of the families t, in GiB; all of them have two vCPUs. */
const SMALL: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
};

/** Memory in MiB and vCPUs of a common instance type (families c, m, r and t); undefined for any other. */
export function sizeOf(
  instanceType: string,
): { memoryMi: number; cpus: number } | undefined {
  const [, letter = "", , size = ""] =
    /^([cmrt])(\d+)[a-z]*(?:-flex)?\.(.+)$/.exec(instanceType) ?? [];
  const small = letter === "t" ? SMALL[size] : undefined;
  if (small !== undefined) return { memoryMi: small * 1024, cpus: 2 };
  const perCpu = GIB_PER_CPU[letter];
  const cpus = cpusOf(size);
  // These two have memory of their own measure.
  if (/^(c4|c5n)\./.test(instanceType)) return undefined;
  return perCpu === undefined || cpus === undefined
    ? undefined
    : { memoryMi: perCpu * cpus * 1024, cpus };
}

/** Memory of a common instance type in MiB; undefined for any other. */
export const memoryMiOf = (instanceType: string): number | undefined =>
  sizeOf(instanceType)?.memoryMi;

function cpusOf(size: string): number | undefined {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  return times === undefined ? undefined : 4 * Number(times || 1);
}
