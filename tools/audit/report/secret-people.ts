import { type Settings } from "../../../modules/schema";
import { type Graph, type Subject, ofType } from "../graph";
import { waveConfigs } from "../exposures";
import { NOTES } from "../permissions/notes";
import { placeOf } from "../permissions/literals";
import { holdersOf } from "../permissions/roles";
import { texts } from "../policies";
import {
  POD_TYPES,
  containersOf,
  namespaceOf,
  podOf,
  workloadOf,
} from "../pods";
import { at, first } from "../reading";
import { actingAs, readersOf } from "./access";
import { byNodes, secretReaders } from "./access-beside-iam";
import { podMakers } from "./pod-makers";
import { accountOf, rolesAsking, takersOf } from "./principals";
import { textOf } from "./shown";
import { distinct, lines } from "./table";

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
  const onNodes = nodeReaders(graph);
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
      ...(namespaces.length === 0 ? [] : onNodes),
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
        .map(
          ({ pods, where }) => `whoever reads a heap dump of ${pods}: ${where}`,
        ),
    ]);
  };
}

/** Whatever runs a pod sees what it gets. Charts and add-ons whose pods have the files of a node: their own manifests. */
function nodeReaders(graph: Graph): string[] {
  const privileged = [
    ...ofType(graph, "helm_release")
      .filter(({ body }) => body.chart === "aws-efs-csi-driver")
      .map(({ body }) => `chart ${textOf(body.chart)}`),
    ...ofType(graph, "aws_eks_addon")
      .filter(
        ({ body }) => body.addon_name === "amazon-cloudwatch-observability",
      )
      .map(({ body }) => `add-on ${textOf(body.addon_name)}`),
  ];
  return [
    "the kubelet of a node with such a pod: it mounts them",
    ...privileged.map((one) => `pods of ${one}: they have the node's files`),
  ];
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
function heapDumps(graph: Graph): { pods: string; where: string }[] {
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
          where: `${path || "working folder"}, ${volumeText(pod, textOf(first(mount, "name")))}`,
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

/** What charts make by themselves, by the chart's name: it is in no JSON. Sources: their templates. */
const MADE_BY_CHARTS: Readonly<
  Record<string, readonly [secret: string, where: string, reader: string]>
> = {
  "aws-load-balancer-controller": [
    "certificate and key of its webhook",
    "Secret aws-load-balancer-tls",
    "its pods",
  ],
  "cert-manager": [
    "key of its webhook, of accounts at the issuer and of each certificate",
    "Secrets of each namespace with a certificate, cert-manager-webhook-ca",
    "its pods, and pods that mount a certificate",
  ],
  "aws-efs-csi-driver": [
    "key pair of each node for mounts with TLS and IAM",
    "/var/amazon/efs on the node",
    "its pods on the node",
  ],
};

/** Rows of secrets that no stack writes: of charts, tokens that Wave keeps, and logins that roles get from ECR. */
export const otherSecrets = (graph: Graph, settings: Settings): string[][] => [
  ...ofType(graph, "helm_release").flatMap(({ body, path }) => {
    const made = MADE_BY_CHARTS[textOf(body.chart)];
    if (made === undefined) return [];
    const [secret, where, reader] = made;
    const namespace = textOf(body.namespace);
    return [
      [
        `${textOf(body.chart)}: ${secret}`,
        "the chart; not proved by the JSON",
        where.startsWith("/") ? where : `${where}, namespace ${namespace}`,
        reader,
        "none",
        lines(
          where.startsWith("/")
            ? ["whoever is root on the node", ...byNodes(graph)]
            : [...secretReaders(graph, namespace), ...byNodes(graph)],
        ),
        path,
      ],
    ];
  }),
  ...tokensOfUsers(graph),
  ...registryLogins(graph, settings),
];

/**
 * What people give Wave: it keeps the access token for Platform of each request, what renews it, and the key of each pairing in
 * Redis (`JwtAuthStore`, `PlatformId`, `PairingRecord` of github.com/seqeralabs/wave at v1.3.3 and v1.37.0).
 */
const tokensOfUsers = (graph: Graph): string[][] =>
  ofType(graph, "kubernetes_config_map_v1")
    .filter((map) => waveConfigs(map).length > 0)
    .map((map) => [
      "what people and Platform give Wave (tokens for Platform, keys of pairings), and tokens of requests",
      "Platform, and Wave; not proved by the JSON",
      lines([
        ...ofType(graph, "aws_elasticache_replication_group").map(
          ({ path }) => `Redis ${path}, and its snapshots`,
        ),
        "tokens of requests also in the database, in access logs and logs of pods: table personal-data",
      ]),
      `pods of ${namespaceOf(map)}/wave`,
      "none",
      lines([
        "whoever has the password of Redis or the database: its row",
        "whoever reads these logs, tokens of requests alone: table access",
        ...nodeReaders(graph),
        ...byNodes(graph),
      ]),
      map.path,
    ]);

/** A role that may get a login to ECR; who takes it may give it on. */
function registryLogins(graph: Graph, settings: Settings): string[][] {
  const holders = [...holdersOf(graph, settings).values()];
  const makers = podMakers(graph);
  const behind = actingAs(graph, settings);
  const asking = rolesAsking(graph, settings);
  return holders.flatMap((role, index) => {
    const actions = Object.values(role.policies).flatMap(({ Statement }) =>
      Statement.flatMap(({ Action }) => texts(Action)),
    );
    const asker = asking[index];
    if (asker === undefined || !actions.includes("ecr:GetAuthorizationToken"))
      return [];
    const takers = takersOf(role, holders);
    const jobs = makers.filter(({ who }) => takers.includes(`pods ${who}`));
    return [
      [
        `login to ECR, as role ${role.name}${actions.includes("ecr:PutImage") ? ", which may push" : ""}`,
        "ECR, for 12 hours each",
        "memory of whoever asked for it; files of a build that it is given to, not proved by the JSON",
        lines([
          ...takers,
          ...jobs.map(
            ({ resources, namespace }) =>
              `${resources.join(" and ")} that it makes in ${namespace}, where it gives the login on: not proved by the JSON`,
          ),
          ...(NOTES[role.key] === undefined
            ? []
            : [NOTES[role.key]?.caller.replaceAll("`", "") ?? ""]),
        ]),
        "none",
        lines([
          ...behind(asker),
          `${accountOf(settings).label}: by changing this role`,
        ]),
        role.path,
      ],
    ];
  });
}
