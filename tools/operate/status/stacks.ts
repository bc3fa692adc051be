import { hasWave, type Settings } from "../../../modules/schema";
import { type Row, counted, dayOf } from "./part";
import { type StackState } from "./states";

/**
 * What stands of each stack. One that has nothing to make may have no state.
 *
 * @param states Those that were deployed.
 */
export function stackRows(
  stacks: readonly string[],
  states: readonly StackState[],
  settings: Settings,
): Row[] {
  const isEmpty = (stack: string): boolean =>
    stack === "data" && !hasWave(settings);
  const anything = states.some(({ resources }) => resources.length > 0);
  return stacks.map((stack): Row => {
    const state = states.find((one) => one.stack === stack);
    const count = state?.resources.length ?? 0;
    const what = `stack ${stack}`;
    if (count > 0 && state !== undefined)
      return { what, found: lastChange(state, count), standing: "fine" };
    if (isEmpty(stack))
      return { what, found: "has nothing in it", standing: "fine" };
    return {
      what,
      found: state === undefined ? "never deployed" : "nothing stands",
      // Where nothing stands at all, nobody has begun, or all is destroyed.
      standing: anything ? "wrong" : "know",
    };
  });
}

const lastChange = ({ serial, changed }: StackState, count: number): string =>
  [
    counted(count, "resource"),
    `serial ${serial}`,
    ...(changed === undefined ? [] : [`changed ${dayOf(changed)}`]),
  ].join(", ");
