import { type EmulatedService } from "../call";
import { accountOperations } from "./account";
import { configurationSetOperations } from "./configuration-sets";
import { identityOperations } from "./identities";
import { type SesTags, tagOperations } from "./store";
import { type World } from "../world";

/** SES version 2, wholly the lab's own: moto has no MAIL FROM, and answers configuration sets in a wrong shape. */
export function sesService(world: World): EmulatedService {
  const tags: SesTags = new Map();
  return {
    service: "ses",
    errors: "json",
    operations: [
      ...identityOperations(world, tags),
      ...configurationSetOperations(world, tags),
      ...tagOperations(tags),
      ...accountOperations(),
    ],
  };
}
