import { text } from "./outputs";

/** What `delivery` prints for people; no stack reads it. There are no secrets in it. */
export const deliveryNotes = {
  domain: text("Domain of the services."),
};
