import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type Principals } from "./token-review";

/** Access key of the lab for one of `access.admins`. */
export const adminKey = (index: number): string =>
  `AKIALABLABLABLABADM${index}`;

/** Who may sign tokens besides the deployer. */
export const principalsOf = ({ access }: CoreSettings): Principals =>
  Object.fromEntries(
    access.admins.map(({ principal }, index) => [adminKey(index), principal]),
  );
