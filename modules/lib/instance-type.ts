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

/** Memory of a common instance type in MiB (families c, m, r, t from `large` up); undefined for any other. */
export function memoryMiOf(instanceType: string): number | undefined {
  const [, letter = "", , size = ""] =
    /^([cmrt])(\d+)[a-z]*(?:-flex)?\.(.+)$/.exec(instanceType) ?? [];
  const perCpu = GIB_PER_CPU[letter];
  const cpus = cpusOf(size);
  // These two have memory of their own measure.
  if (/^(c4|c5n)\./.test(instanceType)) return undefined;
  return perCpu === undefined || cpus === undefined
    ? undefined
    : perCpu * cpus * 1024;
}

function cpusOf(size: string): number | undefined {
  if (size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size) ?? [];
  return times === undefined ? undefined : 4 * Number(times || 1);
}
