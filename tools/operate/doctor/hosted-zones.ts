import { GetHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { coreZone } from "../../../modules/core/preflight/core-expectations";
import { type HostedZone } from "../../../modules/core/preflight/hosted-zone";
import { deliveryZone } from "../../../modules/delivery/preflight";
import { emgZone } from "../../../modules/emg/preflight";
import { factsOf } from "../../../modules/facts";
import { hasDelivery, hasEmg } from "../../../modules/schema";
import { errorName } from "../aws/errors";
import { type Check, type Finding, NotAsked } from "./check";
import { type Examined, once } from "./examined";

/** The hosted zones that something is written into: there, of the right kind and name, and the world asks them. */
export const hostedZoneChecks = (examined: Examined): Check[] =>
  zonesOf(examined).flatMap((zone) => {
    const read = once(() => readZone(examined, zone));
    return [
      {
        about: `hosted zone ${zone.zoneId} (${zone.path})`,
        ask: async () => {
          const found = await read();
          return found === undefined
            ? [missing(examined, zone)]
            : misfits(zone, found);
        },
      },
      {
        about: `delegation of hosted zone ${zone.zoneId}`,
        ask: async () => {
          const found = await read().catch(() => {
            throw new NotAsked("the hosted zone was not read");
          });
          return found === undefined || found.isPrivate
            ? []
            : delegation(examined, zone, found);
        },
      },
    ];
  });

type NamedZone = HostedZone & { readonly zoneId: string };

function zonesOf({ settings }: Examined): NamedZone[] {
  const zones = [
    coreZone(settings, factsOf(settings)),
    ...(hasDelivery(settings) ? [deliveryZone(settings)] : []),
    ...(hasEmg(settings) ? [emgZone(settings)] : []),
  ].filter(
    (zone): zone is NamedZone =>
      zone.zoneId !== undefined && zone.records.length > 0,
  );
  return [...new Set(zones.map(({ zoneId }) => zoneId))].map((zoneId) => {
    const same = zones.filter((zone) => zone.zoneId === zoneId);
    const [first] = same as [NamedZone];
    return { ...first, records: same.flatMap(({ records }) => records) };
  });
}

interface ReadZone {
  /** Without the dot at its end. */
  readonly name: string;
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
}

/** Undefined where there is none. */
async function readZone(
  { aws }: Examined,
  { zoneId }: NamedZone,
): Promise<ReadZone | undefined> {
  try {
    const { HostedZone: zone, DelegationSet } = await aws
      .client(Route53Client)
      .send(new GetHostedZoneCommand({ Id: zoneId }));
    return {
      name: withoutDot(zone?.Name ?? ""),
      isPrivate: zone?.Config?.PrivateZone ?? false,
      nameServers: (DelegationSet?.NameServers ?? []).map(withoutDot),
    };
  } catch (error) {
    if (errorName(error) === "NoSuchHostedZone") return undefined;
    throw error;
  }
}

const missing = (
  { settings: { accountId } }: Examined,
  { path, zoneId }: NamedZone,
): Finding => ({
  path,
  found: `Route 53 in account ${accountId} has no hosted zone ${zoneId}`,
  fix: "write the id of a zone of this account: aws route53 list-hosted-zones",
  severity: "stops",
});

function misfits(
  { path, zoneId, records, privateIsEnough }: NamedZone,
  { name: zone, isPrivate }: ReadZone,
): Finding[] {
  const open = records.find(({ publicFor }) => publicFor !== undefined);
  return [
    ...(isPrivate && open !== undefined
      ? [
          {
            path,
            found: `${zoneId} (${zone}) is a private zone, but the internet has to see the record of ${open.path} (${open.name}): ${open.publicFor ?? ""}`,
            fix: `write the id of the public zone; a private one is enough ${privateIsEnough}`,
            severity: "stops" as const,
          },
        ]
      : []),
    ...records
      .filter(({ name }) => !`.${name}`.endsWith(`.${zone}`))
      .map((record) => ({
        path: record.path,
        found: `${record.name}, which is not in the zone ${zone} (${path} ${zoneId})`,
        fix: "write the id of the zone that holds it, or correct the name",
        severity: "stops" as const,
      })),
  ];
}

/** The zone above leads to these name servers; else a certificate that is validated here never is. */
async function delegation(
  { nameServersOf }: Examined,
  { path, zoneId, records }: NamedZone,
  { name, nameServers }: ReadZone,
): Promise<Finding[]> {
  const seen = (await askDns(nameServersOf, name)).map(withoutDot);
  const wrong = seen.filter((server) => !nameServers.includes(server));
  if (seen.length > 0 && wrong.length === 0) return [];
  const open = records.find(({ publicFor }) => publicFor !== undefined);
  return [
    {
      path,
      found:
        seen.length === 0
          ? `DNS knows no name servers of ${name}: nobody finds the zone ${zoneId}`
          : `DNS has ${wrong.join(", ")} for ${name}, and the zone ${zoneId} is at ${nameServers.join(", ")}`,
      fix: `at the registrar, or in the zone above ${name}, write NS records for ${name} to ${nameServers.join(", ")}; or write the id of the zone that DNS leads to`,
      // Where nobody on the internet has to see a record, only some callers miss the name.
      severity: open === undefined ? "know" : "stops",
    },
  ];
}

/** None where DNS says that there are none. */
async function askDns(
  nameServersOf: Examined["nameServersOf"],
  name: string,
): Promise<string[]> {
  try {
    return await nameServersOf(name);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw new NotAsked(`DNS gave no answer: ${String(code ?? error)}`);
  }
}

const withoutDot = (name: string): string =>
  name.replace(/\.$/, "").toLowerCase();
