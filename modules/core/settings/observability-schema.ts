import { z } from "zod";
import { arnOf, email, logRetentionDays } from "../../settings/formats";

/** Alarms, who gets them, and what is kept of pods and nodes. */
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
    addOn: z
      .enum(["ours", "existing", "none"])
      .default("none")
      .describe(
        "EKS add-on amazon-cloudwatch-observability, which ships logs of pods and nodes, and their metrics: made here with its log groups (ours), in the cluster already (existing), or none. An alarm of nodes that are not ready needs one. AWS charges by what it ships.",
      ),
    logRetentionDays: logRetentionDays
      .default(365)
      .describe("Days to keep what an add-on of ours ships."),
  })
  .optional()
  .describe(
    "Alarms of what can fail, in the stack of what they watch, a topic that sends them, and logs and metrics of pods and nodes. {} stands for its defaults. Absent: nothing of it is made.",
  );
