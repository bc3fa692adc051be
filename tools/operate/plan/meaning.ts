import { namesOf } from "../../../modules/lib/names";
import { hasWave, type Settings } from "../../../modules/schema";
import { WAVE } from "../../../modules/wave/objects/kubernetes-names";
import { hasBuilds, isClassic } from "../../../modules/wave/release/line";
import { lossesOf, storesInWords } from "./data-stores";
import {
  type Change,
  type PlanJson,
  changesOf,
  differs,
  valueAt,
} from "./plan-json";

/** What a plan does to people and data, from the least to the most. */
export type MeaningKind =
  | "restarts pods"
  | "restarts Wave"
  | "interrupts a store"
  | "interrupts the load balancer"
  | "removes nodes"
  | "rolls nodes"
  | "replaces nodes"
  | "interrupts pipelines"
  | "interrupts builds"
  | "loses data";

/** What some changes of a plan come to. */
export interface Meaning {
  readonly kind: MeaningKind;
  /** In a few words, such as `rolls nodes: build, system`. */
  readonly text: string;
  /** Of the resources whose change is the cause. */
  readonly addresses: readonly string[];
}

/** A part of a meaning: one resource, and what is said of it. */
interface Finding {
  readonly kind: MeaningKind;
  readonly about?: string;
  readonly address: string;
}

/**
 * What the plan of a stack means where Wave and the other platforms run. Of values it says nothing.
 *
 * @param plan As `terraform show -json` prints it.
 */
export function meaningsOf(
  plan: PlanJson,
  settings: Settings,
  stack: string,
): Meaning[] {
  const changes = changesOf(plan);
  const found = changes.flatMap((change) => [
    ...ofNodes(change, settings, stack),
    ...ofPods(change, settings),
    ...ofStores(change),
    ...ofBalancers(change),
  ]);
  return [...grouped(found), ...lost(changes)];
}

/** One meaning for each kind, in the order of the findings. */
function grouped(found: readonly Finding[]): Meaning[] {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const same = found.filter((one) => one.kind === kind);
    const about = [...new Set(same.flatMap((one) => one.about ?? []))].sort();
    return {
      kind,
      text: about.length === 0 ? kind : `${kind}: ${about.join(", ")}`,
      addresses: [...new Set(same.map(({ address }) => address))],
    };
  });
}

function lost(changes: readonly Change[]): Meaning[] {
  const losses = lossesOf(changes);
  if (losses.length === 0) return [];
  const by = (action: Change["action"], verb: string): string[] => {
    const some = losses.filter((one) => one.action === action);
    return some.length === 0 ? [] : [`${verb} ${storesInWords(some)}`];
  };
  return [
    {
      kind: "loses data",
      text: `loses data: ${[...by("replace", "replaces"), ...by("delete", "destroys")].join(", ")}`,
      addresses: losses.map(({ address }) => address),
    },
  ];
}

/** Attributes by which EKS makes nodes anew, one after the other. */
const ROLLS = ["launch_template", "version", "release_version"];

function ofNodes(change: Change, settings: Settings, stack: string): Finding[] {
  const { type, address, before, after } = change;
  if (type !== "aws_eks_node_group") return [];
  const kind = nodesKind(change);
  if (kind === undefined) return [];
  const about = groupName(
    "node_group_name_prefix" in before ? before : after,
    settings,
  );
  const what = { about, address };
  if (stack !== "network")
    return [
      { kind, ...what },
      { kind: "interrupts pipelines", address },
    ];
  return [
    { kind, ...what },
    ...(buildsRunOn(about, settings)
      ? [{ kind: "interrupts builds", address } as const]
      : []),
  ];
}

function nodesKind(change: Change): MeaningKind | undefined {
  switch (change.action) {
    case "replace":
      return "replaces nodes";
    case "delete":
      return "removes nodes";
    case "update":
      if (ROLLS.some((name) => differs(change, [name]))) return "rolls nodes";
      return desiredSize(change.after) < desiredSize(change.before)
        ? "removes nodes"
        : undefined;
    default:
      return undefined;
  }
}

const desiredSize = (values: Change["after"]): number =>
  Number(valueAt(values, ["scaling_config", 0, "desired_size"]));

/** `system` for `wave-prod-system-`. */
const groupName = (
  { node_group_name_prefix: prefix }: Change["after"],
  settings: Settings,
): string =>
  String(prefix)
    .replace(`${namesOf(settings).prefix}-`, "")
    .replace(/-$/, "");

/** Builds of the classic line live in Wave's process too, on the group `system`. */
const buildsRunOn = (group: string, settings: Settings): boolean =>
  hasWave(settings) &&
  hasBuilds(settings) &&
  (/^build(-arm64)?$/.test(group) ||
    (group === "system" && isClassic(settings)));

function ofPods(change: Change, settings: Settings): Finding[] {
  const { type, action, address, before } = change;
  if (type !== "kubernetes_deployment_v1") return [];
  if (action === "create" || action === "forget") return [];
  if (action === "update" && !differs(change, ["spec", 0, "template"]))
    return [];
  const name = String(valueAt(before, ["metadata", 0, "name"]));
  const isWave =
    hasWave(settings) &&
    name === WAVE &&
    valueAt(before, ["metadata", 0, "namespace"]) === settings.wave.namespace;
  if (!isWave) return [{ kind: "restarts pods", about: name, address }];
  return [
    { kind: "restarts Wave", address },
    ...(isClassic(settings) && hasBuilds(settings)
      ? [{ kind: "interrupts builds", address } as const]
      : []),
  ];
}

/** What makes a store go away for a while, by type: its name, and the attributes whose change does it. */
const INTERRUPTIONS: Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly by: readonly string[];
      readonly password: readonly string[];
    }
  >
> = {
  aws_db_instance: {
    name: "database",
    by: ["engine_version", "instance_class", "parameter_group_name"],
    password: ["password_wo_version"],
  },
  aws_elasticache_replication_group: {
    name: "Redis",
    by: ["engine", "engine_version", "node_type", "transit_encryption_mode"],
    password: ["auth_token"],
  },
};

function ofStores(change: Change): Finding[] {
  const store = INTERRUPTIONS[change.type];
  if (store === undefined || change.action !== "update") return [];
  const { name, by, password } = store;
  const { address } = change;
  const any = (attributes: readonly string[]): boolean =>
    attributes.some((attribute) => differs(change, [attribute]));
  return [
    ...(any(by)
      ? [{ kind: "interrupts a store", about: name, address } as const]
      : []),
    ...(any(password)
      ? [
          {
            kind: "restarts Wave",
            about: `password of ${name}`,
            address,
          } as const,
        ]
      : []),
  ];
}

function ofBalancers(change: Change): Finding[] {
  const { type, action, address, before } = change;
  const gone = action === "replace" || action === "delete";
  const kind = "interrupts the load balancer";
  if (type === "kubernetes_ingress_v1" && gone)
    return [
      {
        kind,
        about: String(valueAt(before, ["metadata", 0, "name"])),
        address,
      },
    ];
  if (
    type === "aws_route53_record" &&
    isAlias(change) &&
    (gone || moves(change))
  )
    return [{ kind, about: "its alias", address }];
  return [];
}

const isAlias = ({ before, after }: Change): boolean =>
  [before, after].some(({ alias }) => Array.isArray(alias) && alias.length > 0);

/** A name that is read again at the apply, because something else changes, is most often the same. */
const moves = (change: Change): boolean => {
  const names = [change.before, change.after].map((values) =>
    valueAt(values, ["alias", 0, "name"]),
  );
  return names[1] !== undefined && names[0] !== names[1];
};
