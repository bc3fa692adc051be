/** Tag of a store that was made of a snapshot, with the snapshot's name. */
export const RESTORED_FROM = "RestoredFrom";

/** The tag, for a store that is made of a snapshot. */
export const madeOf = (
  snapshot: string | undefined,
): Readonly<Record<string, string>> =>
  snapshot === undefined ? {} : { [RESTORED_FROM]: snapshot };

/**
 * `ignore_changes` of the tag: like the snapshot itself it counts when the store is made. Otherwise the provider would replace
 * a store that stands for a changed name, and for one that is taken away.
 */
export const MADE_OF = [`tags["${RESTORED_FROM}"]`];
