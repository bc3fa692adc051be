import { type Document } from "../../lib/template";

/** Part of `config.yml`. */
export type Section = Record<string, Document>;
