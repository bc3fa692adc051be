import { type Effect } from "./effect";

/** The rows of `emg`. */
export const EMG_EFFECTS: readonly Effect[] = [
  {
    keys: ["emg"],
    does: "nothing",
    remark:
      "Added: a stack more. Taken away: the stack is not in the app any more, and all that it made stays; so destroy `emg` first, with `retain: false`",
    warn: true,
  },
  { keys: ["emg.*"], does: "in place", remark: "" },
];
