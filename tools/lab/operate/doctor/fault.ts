import { type Lab } from "../../lab";
import { type Patch } from "../../settings";
import { type DnsStandIn } from "./dns";

/** Where faults are seeded. */
export interface Ward {
  readonly lab: Lab;
  readonly dns: DnsStandIn;
  /** The zone of the lab, and its name servers. */
  readonly zone: string;
  readonly nameServers: readonly string[];
}

/** Something that would stop a deploy, or that somebody should know. */
export interface Fault {
  readonly name: string;
  /** The setting that has to be named. */
  readonly path: string;
  /** What has to be said of it. */
  readonly says: RegExp;
  /** @default "stops" */
  readonly severity?: "know";
  /** Written over the settings; taken away again afterwards, as its fix says. */
  readonly patch?: Patch;
  readonly env?: NodeJS.ProcessEnv;
  readonly seed?: (ward: Ward) => unknown;
  /** What the printed fix does. */
  readonly fix?: (ward: Ward) => unknown;
}
