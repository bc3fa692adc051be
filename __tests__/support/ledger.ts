import { addressesOf } from "./graph";
import { type StackJson } from "./synth";

/** Addresses of all stacks, `network aws_vpc.vpc`, sorted: the lines of a ledger. */
export function ledgerOf(
  stacks: Readonly<Record<string, StackJson>>,
): string[] {
  return Object.entries(stacks)
    .flatMap(([stack, json]) =>
      addressesOf(json).map((address) => `${stack} ${address}`),
    )
    .sort();
}

/** `moved` blocks of all stacks: the old line of the ledger, and the new one. */
function movesOf(
  stacks: Readonly<Record<string, StackJson>>,
): Map<string, string> {
  const moves = new Map<string, string>();
  for (const [stack, { moved }] of Object.entries(stacks))
    for (const { from, to } of (moved ?? []) as Record<"from" | "to", string>[])
      moves.set(`${stack} ${from}`, `${stack} ${to}`);
  return moves;
}

/**
 * What differs from a ledger, each with the sentence to write. Terraform destroys what has lost its address and
 * makes it anew at the other: a `moved` block says that both are one.
 */
export function ledgerProblems(
  ledger: readonly string[],
  stacks: Readonly<Record<string, StackJson>>,
): string[] {
  const moves = movesOf(stacks);
  const now = ledgerOf(stacks);
  const gone = ledger.filter((line) => !now.includes(line));
  const came = now.filter((line) => !ledger.includes(line));
  const moved = new Set(gone.map((line) => moves.get(line)));
  return [
    ...gone.filter((line) => !moves.has(line)).map((line) => lost(line, came)),
    ...gone.filter((line) => moves.has(line)).map(followed),
    ...came.filter((line) => !moved.has(line)).map(found),
  ];
}

const typeOf = (line: string): string => line.slice(0, line.lastIndexOf("."));

function lost(line: string, came: readonly string[]): string {
  const [, address = ""] = line.split(" ");
  const isPlaced = !/^(data|ephemeral)\./.test(address);
  const candidates = came.filter((other) => typeOf(other) === typeOf(line));
  return isPlaced && candidates.length > 0
    ? `${line} is gone, and would be destroyed: if ${candidates.join(" or ")} is the same thing, call .moveFromId("${address}") on it; if not, run npm run ledger and say in the commit what is destroyed`
    : `${line} is gone: run npm run ledger, and say in the commit why`;
}

const followed = (line: string): string =>
  `${line} is moved: run npm run ledger`;

const found = (line: string): string =>
  `${line} is new: run npm run ledger, and say in the commit why`;
