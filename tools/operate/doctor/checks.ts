import { callerChecks } from "./caller";
import { certificateChecks } from "./certificates";
import { type Check } from "./check";
import { endpointChecks } from "./endpoint";
import { type Examined } from "./examined";
import { existingChecks } from "./existing";
import { hostedZoneChecks } from "./hosted-zones";
import { instanceTypeChecks } from "./instance-types";
import { mailChecks } from "./mail";
import { nameChecks } from "./names";
import { permissionChecks } from "./permissions";
import { programChecks } from "./programs";
import { quotaChecks } from "./quotas";
import { secretChecks } from "./secrets";
import { stateBucketChecks } from "./state-bucket";
import { versionChecks } from "./versions";

/** Questions that AWS answers. */
export const accountChecks = (examined: Examined): Check[] => [
  ...callerChecks(examined),
  ...permissionChecks(examined),
  ...stateBucketChecks(examined),
  ...hostedZoneChecks(examined),
  ...certificateChecks(examined),
  ...secretChecks(examined),
  ...instanceTypeChecks(examined),
  ...existingChecks(examined),
  ...quotaChecks(examined),
  ...mailChecks(examined),
  ...nameChecks(examined),
  ...endpointChecks(examined),
];

/** Questions that nobody has to be asked. */
export const localChecks = (
  known: Pick<Examined, "settings" | "json" | "now">,
  env: NodeJS.ProcessEnv,
): Check[] => [...programChecks(known.settings, env), ...versionChecks(known)];
