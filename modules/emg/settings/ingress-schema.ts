import { z } from "zod";
import { albFields } from "../../core/settings/load-balancer-fields";
import { cidr } from "../../settings/formats";

/** Section `emg.ingress`: one Application Load Balancer for both hosts. */
export const ingressSchema = z
  .strictObject({
    ...albFields,
    prefectCidrs: z
      .array(cidr)
      .default([])
      .describe(
        "Ranges that may use Prefect's host, workers included; others get 404. []: all that may connect.",
      ),
    idleTimeoutSeconds: z
      .int()
      .min(1)
      .max(4000)
      .default(120)
      .describe(
        "Seconds after which the load balancer closes a connection that nothing goes through. Prefect waits ten longer.",
      ),
  })
  .prefault({});
