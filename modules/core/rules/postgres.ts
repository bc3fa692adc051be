import { type Problem } from "../../lib/problem";

/** RDS wants a tenth of room for growth, or none. */
export function growthProblems(
  section: string,
  { storageGiB, maxStorageGiB }: PostgresSize,
): Problem[] {
  const path = `${section}.maxStorageGiB`;
  if (maxStorageGiB < storageGiB)
    return [
      {
        path,
        given: `${maxStorageGiB}, below storageGiB ${storageGiB}`,
        allowed: `${storageGiB} or more`,
        fix: "raise it, or lower storageGiB; equal numbers turn the growth off",
      },
    ];
  if (maxStorageGiB === storageGiB || maxStorageGiB * 10 >= storageGiB * 11)
    return [];
  return [
    {
      path,
      given: `${maxStorageGiB}, less than a tenth above storageGiB ${storageGiB}`,
      allowed: `${storageGiB}, or ${Math.ceil((storageGiB * 11) / 10)} and more`,
      fix: "raise it, or make both equal to turn the growth off: RDS refuses what is in between",
    },
  ];
}

interface PostgresSize {
  readonly storageGiB: number;
  readonly maxStorageGiB: number;
}
