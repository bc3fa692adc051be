/** Database of Wave: made with the instance, named in its JDBC address. */
export const POSTGRES_DATABASE = "wave";

/** Owner of that database: may create in `public`, so nobody has to run a grant. */
export const POSTGRES_USER = "wave_user";
