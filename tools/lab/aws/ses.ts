import { type ServiceGaps } from "./call";
import { configurationSetOperations } from "./ses-configuration-sets";
import { identityOperations } from "./ses-identities";
import { type SesTags, tagOperations } from "./ses-store";
import { type World } from "./world";

/** SES version 2, wholly the lab's own: moto has no MAIL FROM, and answers configuration sets in a wrong shape (LAB-C5). */
export function sesGaps(world: World): ServiceGaps {
  const tags: SesTags = new Map();
  return {
    service: "ses",
    errors: "json",
    operations: [
      ...identityOperations(world, tags),
      ...configurationSetOperations(world, tags),
      ...tagOperations(tags),
    ],
  };
}
