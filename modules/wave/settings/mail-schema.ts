import { z } from "zod";
import { domain, email } from "../../settings/formats";

/** Section `wave.mail`. */
export const mailSchema = z.strictObject({
  domain: domain.describe(
    "Domain to verify in SES. Leaving the SES sandbox stays a manual request.",
  ),
  sender: email.describe("From address of Wave's mails, inside the domain."),
  mailFromDomain: domain
    .optional()
    .describe("Custom MAIL FROM domain below `domain`. Unset: none."),
  dmarc: z
    .string()
    .regex(/^v=DMARC1;/, "a DMARC record that starts with v=DMARC1;")
    .optional()
    .describe("TXT record _dmarc.<domain>. Unset: the record is left alone."),
  existingIdentity: z
    .boolean()
    .default(false)
    .describe(
      "Use a domain identity that is verified already, and do not manage it or its records.",
    ),
  configurationSet: z
    .string()
    .regex(/^[\w-]{1,64}$/, "the name of an SES configuration set")
    .optional()
    .describe(
      "Default configuration set of the existing identity, which Wave then needs permission for. Only with `existingIdentity`; the identity made here has its own.",
    ),
});
