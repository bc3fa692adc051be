import { join } from "node:path";

/** File of a stack's plan, in the folder of `plan --save`. */
export const planFile = (folder: string, stack: string): string =>
  join(folder, `${stack}.tfplan`);
