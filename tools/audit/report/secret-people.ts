import { type Settings } from "../../../modules/schema";
import { type Graph, type Subject, ofType } from "../graph";
import { placeOf } from "../permissions/literals";
import { POD_TYPES, containersOf, podOf, workloadOf } from "../pods";
import { at, first } from "../reading";
import { readersOf } from "./access";
import { secretReaders } from "./access-beside-iam";
import { byNodes, nodeOf, podMakers } from "./pod-makers";
import { textOf } from "./shown";
import { distinct } from "./table";

/** Where a secret is, as the table of secrets found it. */
interface Placed {
  /** Its name in Secrets Manager; Terraform's ends in `…`. */
  readonly name: string;
  readonly readBy: readonly string[];
  readonly states: readonly string[];
}

/** Who else sees a value: by IAM, by the state, by the Kubernetes API, by new pods, in a dump of memory. */
export function peopleReading(
  graph: Graph,
  settings: Settings,
): (placed: Placed) => string[] {
  const readers = readersOf(graph, settings);
  const makers = podMakers(graph);
  const dumps = heapDumps(graph);
  return ({ name, readBy, states }) => {
    const { partition, region, accountId } = placeOf(
      graph,
      ofType(graph, "provider.aws")[0]?.stack ?? "",
    );
    const arn = `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name.endsWith("…") ? name.slice(0, -1) : `${name}-`}AbCdEf`;
    const namespaces = distinct(
      readBy.flatMap((one) => /^Secret ([^/]+)\//.exec(one)?.[1] ?? []),
    );
    return distinct([
      ...(namespaces.length === 0 ? [] : [nodeOf(graph)]),
      ...readers(arn, "secretsmanager:GetSecretValue"),
      ...states.flatMap((stack) => stateReaders(graph, stack, readers)),
      ...namespaces.flatMap((one) => secretReaders(graph, one)),
      ...(namespaces.length === 0 ? [] : byNodes(graph)),
      ...makers
        .filter(({ namespace }) => namespaces.includes(namespace))
        .map(
          ({ who, namespace, does }) =>
            `${who}: ${does} pods in ${namespace}, which may read its Secrets`,
        ),
      ...dumps
        .filter(({ pods }) =>
          ["environment variable", "file"].some((way) =>
            readBy.includes(`pods of ${pods}: ${way}`),
          ),
        )
        .map(({ reader }) => reader),
    ]);
  };
}

/** Who reads the state that a value is in. */
function stateReaders(
  graph: Graph,
  stack: string,
  readers: ReturnType<typeof readersOf>,
): string[] {
  const [backend] = ofType(graph, "backend.s3").filter(
    (one) => one.stack === stack,
  );
  if (backend === undefined)
    return [`whoever reads the state of ${stack}: table state`];
  const { partition } = placeOf(graph, stack);
  return readers(
    `arn:${partition}:s3:::${textOf(backend.body.bucket)}/${textOf(backend.body.key)}`,
    "s3:GetObject",
  ).map((one) => `state of ${stack}: ${one}`);
}

/** Pods whose JVM writes its memory to a file when it runs out, and where that file is. */
export function heapDumps(graph: Graph): { pods: string; reader: string }[] {
  return ofType(graph, ...POD_TYPES).flatMap((pod) =>
    containersOf(pod).flatMap((container) => {
      const options = at(container, "env").map((one) =>
        textOf(first(one, "value")),
      );
      const text = options.find((one) =>
        one.includes("+HeapDumpOnOutOfMemoryError"),
      );
      if (text === undefined) return [];
      const [, path = ""] = /-XX:HeapDumpPath=(\S+)/.exec(text) ?? [];
      const mount = at(container, "volume_mount").find((one) =>
        path.startsWith(textOf(first(one, "mount_path"))),
      );
      return [
        {
          pods: workloadOf(pod),
          reader: `whoever reads a heap dump of ${workloadOf(pod)}: ${path || "working folder"}, ${volumeText(pod, textOf(first(mount, "name")))}`,
        },
      ];
    }),
  );
}

function volumeText(pod: Subject, name: string): string {
  const volume = at(podOf(pod), "volume").find(
    (one) => first(one, "name") === name,
  );
  const claim = first(volume, "persistent_volume_claim.claim_name");
  return claim === undefined
    ? "on a volume that goes with the pod"
    : `on the claim ${textOf(claim)}, which stays`;
}
