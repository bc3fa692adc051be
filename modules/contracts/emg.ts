import { text } from "./outputs";

/** What `emg` prints for people; no stack reads it. There are no secrets in it. */
export const emgNotes = {
  prefectUrl: text("Prefect."),
};
