import { createHash } from "node:crypto";

/** SHA-256 of a text that is known at synth, in hexadecimal digits. Of what only Terraform knows take its own function. */
export const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("hex");
