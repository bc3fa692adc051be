import { z } from "zod";
import { arnOf, email } from "../../settings/formats";

/** Alarms, and who gets them. */
export const observabilitySchema = z
  .strictObject({
    mail: z
      .array(email)
      .max(20)
      .default([])
      .describe(
        "Addresses that get alarms, and their end, of a topic that is made here. AWS writes to each, and sends nothing before the link in that mail is followed.",
      ),
    topicArn: arnOf("sns", "[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}")
      .optional()
      .describe(
        "SNS topic that exists, of the region, in place of one that is made here and of `mail`: for PagerDuty, Slack and the like. Its policy, and that of its key, let CloudWatch publish. Unset: one is made, with a key of its own.",
      ),
    dashboard: z
      .boolean()
      .default(true)
      .describe(
        "A dashboard in CloudWatch, <name>-<environment>, of what the alarms of Wave watch.",
      ),
  })
  .optional()
  .describe(
    "Alarms of what can fail, in the stack of what they watch, and a topic that sends them. {} stands for its defaults. Absent: nothing of it is made.",
  );
