import { type TerraformJson, manifestsOf } from "../manifests/manifests";

/** Something that the stack declares, to be looked for in the cluster. */
export interface Wanted {
  /** Address in Terraform, such as `kubernetes_config_map_v1.wave-cfg`. */
  readonly to: string;
  /** What Terraform imports it by: `namespace/name`, or the name alone. */
  readonly id: string;
  /** Arguments of kubectl that print one line for each trace of it, and nothing when it is not there. */
  readonly ask: readonly string[];
  /** Whether the state knows it. */
  readonly known: boolean;
}

/**
 * What a killed run of `workloads` may have made unseen: Kubernetes objects that are in no state; and every Helm release, which
 * may be cut off also where the state knows it.
 */
export const wantedOf = (
  stack: TerraformJson,
  known: ReadonlySet<string>,
): Wanted[] => [
  ...objectsOf(stack, known).filter((one) => !one.known),
  ...releasesOf(stack, known),
];

const objectsOf = (
  stack: TerraformJson,
  known: ReadonlySet<string>,
): Wanted[] =>
  manifestsOf(stack).map(({ address, object: { kind, metadata } }) => {
    const { name, namespace } = metadata;
    const place = namespace === undefined ? [] : ["-n", namespace];
    return {
      to: address,
      id: [namespace, name].filter((part) => part !== undefined).join("/"),
      ask: ["get", kind, name, ...place, "--ignore-not-found", "-o", "name"],
      known: known.has(address),
    };
  });

/** Helm keeps each revision of a release in a Secret with its labels. */
const releasesOf = (
  { resource = {} }: TerraformJson,
  known: ReadonlySet<string>,
): Wanted[] =>
  Object.entries(resource.helm_release ?? {}).map(([key, release]) => {
    const name = String(release.name);
    const namespace = String(release.namespace);
    const to = `helm_release.${key}`;
    return {
      to,
      id: `${namespace}/${name}`,
      ask: [
        ...["get", "secret", "-n", namespace, "-l", `owner=helm,name=${name}`],
        "-o",
        'jsonpath={range .items[*]}{.metadata.name} {.metadata.labels.status}{"\\n"}{end}',
      ],
      known: known.has(to),
    };
  });

/** What is to be done about what was found. */
export interface Findings {
  /** Import blocks for the next deploy. */
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  /** Commands for Helm releases that were cut off: Helm refuses a release while one of its revisions is pending. */
  readonly commands: readonly string[];
}

/** @param found What kubectl answered for each. */
export function findingsOf(
  found: readonly { readonly wanted: Wanted; readonly answer: string }[],
): Findings {
  const there = found.filter(({ answer }) => answer.trim() !== "");
  const pending = there.flatMap(({ wanted, answer }) =>
    answer
      .split("\n")
      .map((line) => line.trim().split(" "))
      .filter(([, status]) => status?.startsWith("pending-"))
      .map(([secret = ""]) => ({ wanted, secret })),
  );
  const cutOff = new Set(pending.map(({ wanted }) => wanted));
  return {
    imports: there
      .filter(({ wanted }) => !wanted.known && !cutOff.has(wanted))
      .map(({ wanted: { to, id } }) => ({ to, id })),
    commands: pending.map(
      ({ wanted, secret }) =>
        `kubectl delete secret -n ${wanted.id.split("/")[0] ?? ""} ${secret}`,
    ),
  };
}
