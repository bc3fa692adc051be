import { targetCall } from "../../client";
import { type DbInstance } from "./store";
import { type World } from "../world";

/** RDS makes the log group it writes to when there is none: such a group is nobody's, has no key, and stays. */
export async function keepLogGroups(
  { moto }: World,
  { id, logTypes }: DbInstance,
): Promise<void> {
  for (const type of logTypes)
    await targetCall(moto, "logs", "Logs_20140328.CreateLogGroup", {
      logGroupName: `/aws/rds/instance/${id}/${type}`,
    }).catch((error: unknown) => {
      if (!String(error).includes("ResourceAlreadyExistsException"))
        throw error;
    });
}
