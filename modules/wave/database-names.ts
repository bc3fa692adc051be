/** Database of Wave's current line (INF-16, CFG-20). */
export const DATABASE_NAME = "wave";

/** Its owner, and user of Wave: who owns a database may create tables in it, so that no grant is needed. */
export const DATABASE_USER = "wave_user";
