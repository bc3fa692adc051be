import { type StackJson } from "../../audit/graph";
import { type Settings } from "../../../modules/schema";
import { type Check, type Finding } from "./check";
import { type Examined, once } from "./examined";
import { LOOK_UPS } from "./name-look-ups";
import { addressesIn } from "./states";
import { S3Client } from "@aws-sdk/client-s3";

/**
 * Names that AWS would refuse at create, because something has them already: an environment that was lost with its state, a
 * neighbour, another account. What a state of the environment knows is its own, and is not asked.
 */
export const nameChecks = (examined: Examined): Check[] =>
  Object.entries(examined.json).flatMap(([stack, json]) => {
    const { settings, stateAws } = examined;
    const region =
      (settings.backend.kind === "s3" ? settings.backend.region : undefined) ??
      settings.region;
    const known = once(() =>
      addressesIn(settings, stack, stateAws.client(S3Client, region)),
    );
    return namesIn(json).map(({ type, address, name }) => ({
      about: `name ${name} (${type})`,
      ask: async () => {
        const isKnown = (await known()).has(address);
        const look = LOOK_UPS[type];
        const holder =
          isKnown || look === undefined
            ? undefined
            : await look(examined, name);
        return holder === undefined ? [] : [taken(settings, name, holder)];
      },
    }));
  });

interface Named {
  readonly type: string;
  readonly address: string;
  readonly name: string;
}

/** Arguments that name a resource, the first that there is. */
const ARGUMENTS = [
  "bucket",
  "identifier",
  "replication_group_id",
  "email_identity",
  "name",
];

/** Resources with a name that is known before they are made. */
const namesIn = ({ resource = {} }: StackJson): Named[] =>
  Object.entries(resource)
    .filter(([type]) => type in LOOK_UPS)
    .flatMap(([type, bodies]) =>
      Object.entries(bodies).flatMap(([id, body]) => {
        const name = ARGUMENTS.map(
          (argument) => (body as Record<string, unknown>)[argument],
        ).find((value) => typeof value === "string");
        return typeof name !== "string" || name.includes("${")
          ? []
          : [{ type, address: `${type}.${id}`, name }];
      }),
    );

const taken = (
  settings: Settings,
  name: string,
  { what, isOurs }: { readonly what: string; readonly isOurs: boolean },
): Finding => ({
  path: pathOf(settings, name) ?? "name",
  found: `there is ${what} ${name} already, and no state of this environment knows it`,
  fix: `${isOurs ? "delete it if nobody needs it, take it into the state by `terraform import`, or " : ""}choose another name: the default begins with name and environment`,
  severity: "stops",
});

/** Where a name stands in the settings, word for word. */
function pathOf(value: unknown, name: string, path = ""): string | undefined {
  if (value === name) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    const at = Array.isArray(value)
      ? `${path}[${key}]`
      : path === ""
        ? key
        : `${path}.${key}`;
    const found = pathOf(one, name, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
