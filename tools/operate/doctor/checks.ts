import { callerChecks } from "./caller";
import { type Check } from "./check";
import { type Examined } from "./examined";
import { hostedZoneChecks } from "./hosted-zones";
import { instanceTypeChecks } from "./instance-types";
import { quotaChecks } from "./quotas";
import { secretChecks } from "./secrets";

/** Every question about an environment. */
export const checksOf = (examined: Examined): Check[] => [
  ...callerChecks(examined),
  ...hostedZoneChecks(examined),
  ...secretChecks(examined),
  ...instanceTypeChecks(examined),
  ...quotaChecks(examined),
];
