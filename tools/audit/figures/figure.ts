import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type Cover, coversOf, readExceptions } from "../exceptions";
import { type Graph, graphOf } from "../graph";
import { type Finding, judge } from "../judge";
import { type TracedStacks, synthesizeTraced } from "../report/synth";

/** One line of the list of figures. */
export interface Figure {
  /** `FIG-01`. */
  readonly id: string;
  readonly what: string;
  readonly target: string;
  /** Computed a moment ago, or `not measured here` and where it is. */
  readonly value: string;
  /** Whether the value meets the target; undefined where nothing was measured, or there is no target. */
  readonly met?: boolean;
}

/** An example with all that figures are made of. */
export interface Measured {
  readonly name: string;
  readonly settings: Settings;
  readonly synthesized: TracedStacks;
  readonly graph: Graph;
  readonly covers: readonly Cover[];
  readonly findings: readonly Finding[];
}

/** Synthesizes and judges an environment. */
export function measure(name: string, settings: Settings): Measured {
  const synthesized = synthesizeTraced(settings);
  const graph = graphOf(synthesized.stacks);
  return {
    name,
    settings,
    synthesized,
    graph,
    covers: coversOf(readExceptions(), settings),
    findings: judge(graph),
  };
}

/** A figure that something else measures. */
export const elsewhere = (
  id: string,
  what: string,
  target: string,
  where: string,
): Figure => ({ id, what, target, value: `not measured here: ${where}` });

/** `example 3, example-current 0`. */
export const perEnvironment = (
  environments: readonly Measured[],
  valueOf: (one: Measured) => string | number,
): string =>
  environments.map((one) => `${one.name} ${valueOf(one)}`).join(", ");
