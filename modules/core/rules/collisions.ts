import { overlaps } from "../../lib/ip-range";
import { namesOf } from "../../lib/names";
import { type Problem } from "../../lib/problem";
import { stateKey, workspaceName } from "../state/state-location";
import { type Settings } from "../../schema";
import { loadBalancerName } from "../../wave/objects/ingress";
import { type Sibling } from "../../siblings";

/** A value that two environments must not share, and how to part them. */
interface Exclusive {
  readonly path: string;
  /** The value, with all that makes it unique; undefined when the environment has none. */
  readonly of: (settings: Settings) => string | undefined;
  readonly what: string;
  readonly fix: string;
}

/** DEC-07: whatever the account, for the place of the state is not bound to one. */
const STATE: Exclusive = {
  path: "backend",
  of: stateOf,
  what: "state",
  fix: "give this environment another name or environment, or its own backend.keyPrefix or bucket: two environments in one state destroy each other",
};

/** DEC-07: within one account. */
const IN_ACCOUNT: readonly Exclusive[] = [
  {
    path: "environment",
    of: (settings) => `${namesOf(settings).prefix} in ${settings.region}`,
    what: "beginning of every AWS name",
    fix: "change name or environment",
  },
  {
    path: "wave.hostname",
    of: ({ wave }) => wave.hostname,
    what: "host name",
    fix: "give each environment its own host name",
  },
  {
    path: "data.ecr.prefix",
    of: (settings) =>
      settings.data.ecr.existing
        ? undefined
        : `${settings.data.ecr.prefix ?? namesOf(settings).prefix} in ${settings.region}`,
    what: "repository prefix",
    fix: "choose another prefix, or set data.ecr.existing: true to use the other environment's repositories",
  },
  {
    path: "wave.ingress.loadBalancerName",
    of: (settings) => `${loadBalancerName(settings)} in ${settings.region}`,
    what: "load-balancer name",
    fix: "choose another name, or remove it to use the default",
  },
  {
    path: "wave.mail.domain",
    of: ({ wave: { mail }, region }) =>
      mail === undefined || mail.existingIdentity
        ? undefined
        : `${mail.domain} in ${region}`,
    what: "mail domain that both manage",
    fix: "set wave.mail.existingIdentity: true in one of the two (DEC-08)",
  },
];

/** Everything this environment would fight over with another one of the folder (DEC-07). */
export function collisionsWith(
  settings: Settings,
  siblings: readonly Sibling[],
): Problem[] {
  return siblings.flatMap((sibling) => {
    const state = clash(STATE, settings, sibling);
    if (sibling.settings.accountId !== settings.accountId) return state;
    const shared = IN_ACCOUNT.flatMap((value) =>
      clash(value, settings, sibling),
    );
    return [...state, ...shared, ...sharedRange(settings, sibling)];
  });
}

function clash(
  { path, of, what, fix }: Exclusive,
  settings: Settings,
  { source, settings: other }: Sibling,
): Problem[] {
  const value = of(settings);
  if (value === undefined || value !== of(other)) return [];
  return [
    {
      path,
      given: `${value}, the ${what} of ${source} too`,
      allowed: `a ${what} that no other environment has`,
      fix,
    },
  ];
}

/** Where an environment keeps its state. */
function stateOf(settings: Settings): string {
  const { backend } = settings;
  switch (backend.kind) {
    case "s3":
      return `s3://${backend.bucket}/${stateKey(settings, "*")}`;
    case "cloud":
      return `${backend.hostname ?? "app.terraform.io"}/${backend.organization}/${workspaceName(settings, "*")}`;
    case "local":
      return `.state/${namesOf(settings).prefix}`;
  }
}

/** Equal ranges are fine for VPCs that never meet. Those that declare neighbours are connected, and so may meet. */
function sharedRange(
  { network }: Settings,
  { source, settings: other }: Sibling,
): Problem[] {
  const connected =
    network.disjointFrom.length > 0 && other.network.disjointFrom.length > 0;
  if (!connected || !overlaps(network.cidr, other.network.cidr)) return [];
  return [
    {
      path: "network.cidr",
      given: `"${network.cidr}", which overlaps ${other.network.cidr} of ${source}`,
      allowed:
        "ranges without a common address: both environments declare network.disjointFrom, so both are connected",
      fix: "choose another range for one of the two",
    },
  ];
}
