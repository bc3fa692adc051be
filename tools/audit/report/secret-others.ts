import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { type Settings } from "../../../modules/schema";
import { buildNamespaces, lineOf, waveConfigs } from "../exposures";
import { type Graph, ofType } from "../graph";
import { NOTES } from "../permissions/notes";
import { holdersOf } from "../permissions/roles";
import { texts } from "../policies";
import { namespaceOf } from "../pods";
import { isObject } from "../reading";
import { actingAs } from "./askers";
import { secretReaders } from "./access-beside-iam";
import {
  administratorsOnNodes,
  byNodes,
  nodeOf,
  podMakers,
} from "./pod-makers";
import { ACCOUNT, accountOf, rolesAsking, takersOf } from "./principals";
import { heapDumps } from "./secret-people";
import { tokensOfAccounts } from "./secret-tokens";
import { textOf } from "./shown";
import { distinct, lines } from "./table";

/** What charts and add-ons make by themselves, by their names: it is in no JSON. Sources: the templates of their charts. */
const MADE_BY_CHARTS: Readonly<
  Record<string, readonly [secret: string, where: string, reader: string]>
> = {
  "aws-load-balancer-controller": [
    "certificate and key of its webhook",
    "Secrets aws-load-balancer-tls and sh.helm.release.v1.*, which keep what Helm has made",
    "its pods",
  ],
  "cert-manager": [
    "key of its webhook, of accounts at the issuer and of each certificate",
    "Secrets of each namespace with a certificate, cert-manager-webhook-ca",
    "its pods, and pods that mount a certificate",
  ],
  [CLOUDWATCH_OBSERVABILITY.addOn]: [
    "certificate and key of its webhook",
    "Secret amazon-cloudwatch-observability-controller-manager-service-cert",
    "its pods",
  ],
  "aws-efs-csi-driver": [
    "key pair of each node for mounts with TLS and IAM",
    "/var/amazon/efs on the node",
    "its pods on the node",
  ],
};

/** Rows of secrets that no stack writes: of charts, what Wave keeps of others, and logins that roles get from ECR. */
export const otherSecrets = (graph: Graph, settings: Settings): string[][] => [
  ...ofType(graph, "helm_release", "aws_eks_addon").flatMap((one) => {
    const { body, path } = one;
    const name = textOf(body.chart ?? body.addon_name);
    const made = MADE_BY_CHARTS[name];
    if (made === undefined) return [];
    const [secret, where, reader] = made;
    const namespace = textOf(
      body.namespace ?? CLOUDWATCH_OBSERVABILITY.namespace,
    );
    return [
      [
        `${name}: ${secret}`,
        `the ${one.type === "helm_release" ? "chart" : "add-on"}; not proved by the JSON`,
        where.startsWith("/") ? where : `${where}, namespace ${namespace}`,
        reader,
        "none",
        lines([
          nodeOf(graph),
          ...(where.startsWith("/")
            ? administratorsOnNodes(graph)
            : secretReaders(graph, namespace)),
          ...byNodes(graph),
          `${ACCOUNT}: by an access entry`,
        ]),
        path,
      ],
    ];
  }),
  ...keptByWave(graph, settings),
  ...registryLogins(graph, settings),
  ...tokensOfAccounts(graph, settings),
];

const MOUNTS =
  "whoever mounts the folder of builds: tables access (EFS file system) and paths";
const RESTORES = "whoever restores snapshots or recovery points: table access";

/** Who sees what is in the memory of pods, and in Redis. */
const seers = (graph: Graph): string[] => [
  "whoever has the password of Redis: its row",
  nodeOf(graph),
  ...administratorsOnNodes(graph),
  ...byNodes(graph),
  ...heapDumps(graph).map(({ reader }) => reader),
];

/** Whoever reads logs of Wave's pods, unless `logback.xml` silences what prints logins to registries. */
const logReaders = (graph: Graph): string[] =>
  ofType(graph, "kubernetes_config_map_v1")
    .filter((map) =>
      waveConfigs(map).some((config) =>
        PRINTERS.some(
          ([line, name, levels]) =>
            [lineOf(config), "both"].includes(line) &&
            !new RegExp(`${name}" level="(${levels})"`).test(
              isObject(map.body.data)
                ? textOf(map.body.data["logback.xml"])
                : "",
            ),
        ),
      ),
    )
    .map(
      (map) =>
        `whoever reads logs of pods of ${namespaceOf(map)}/wave, which print logins: table access, log groups and Kubernetes: pods`,
    );

/** Classes of v1.37.0, and of v1.3.3 and v1.7.9 too where they are of both lines, with the levels at which they print none. */
const PRINTERS = [
  ["current", "scan.KubeScanStrategy", "WARN|ERROR|OFF"],
  ["current", "mirror.ContainerMirrorServiceImpl", "WARN|ERROR|OFF"],
  ["current", "controller.ContainerController", "INFO|WARN|ERROR|OFF"],
  ["both", "auth.RegistryAuthServiceImpl", "INFO|WARN|ERROR|OFF"],
  ["both", "service.CredentialServiceImpl", "INFO|WARN|ERROR|OFF"],
] as const;

/**
 * What people and Platform give Wave. It keeps the access token for Platform of each request, what renews it, and the key of each
 * pairing in Redis (`JwtAuthStore`, `PlatformId`, `PairingRecord` of github.com/seqeralabs/wave at v1.3.3 and v1.37.0); logins to
 * registries, which it asks Platform for, in `config.json` of each build (`ContainerBuildServiceImpl`), and at v1.37.0 with the
 * build, copy or scan in Redis (`BuildRequest`, `MirrorRequest`, `ScanEntry`).
 */
const keptByWave = (graph: Graph, settings: Settings): string[][] =>
  ofType(graph, "kubernetes_config_map_v1")
    .filter((map) => waveConfigs(map).length > 0)
    .flatMap((map) => {
      const redis = ofType(graph, "aws_elasticache_replication_group").map(
        ({ path }) => `Redis ${path}, and its snapshots`,
      );
      const spaces = buildNamespaces(graph);
      const row = (
        ...[name, where, readers, people]: [
          string,
          string[],
          string[],
          string[],
        ]
      ): string[] => [
        name,
        "Platform, and Wave; not proved by the JSON",
        lines([...redis, ...where]),
        lines([`pods of ${namespaceOf(map)}/wave`, ...readers]),
        "none",
        lines([
          ...people,
          ...seers(graph),
          RESTORES,
          `${accountOf(settings).label}: by such a restore`,
        ]),
        map.path,
      ];
      return [
        row(
          "what people and Platform give Wave (tokens for Platform, keys of pairings), and tokens of requests",
          [
            "tokens of requests also in the database and its backups or exports, in access logs and logs of pods: table personal-data; the licence of a Platform that pairs in access logs, as part of the path",
          ],
          [],
          [
            "whoever reads the database, its exports or these logs, tokens of requests, and licences in access logs, alone: table access, buckets, log groups and Kubernetes pods too",
          ],
        ),
        ...(spaces.length === 0
          ? []
          : [
              row(
                "logins of users to registries, which Wave gets from Platform for a build, a scan or a copy",
                [
                  ...ofType(graph, "aws_efs_file_system").map(
                    ({ path }) =>
                      `config.json of each build, scan and copy in ${path}, of one that failed until somebody removes it, and recovery points`,
                  ),
                ],
                [`pods of builds in ${spaces.join(", ")}, with users' steps`],
                [MOUNTS, ...logReaders(graph)],
              ),
            ]),
      ];
    });

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
        lines([
          "memory of whoever asked for it",
          ...(jobs.length === 0
            ? []
            : [
                "Redis, and files of a build that it is given to: not proved by the JSON",
              ]),
        ]),
        lines(
          [
            ...takers,
            ...jobs.map(
              ({ resources, namespace }) =>
                `${resources.join(" and ")} that it makes in ${namespace}, with users' steps, where it gives the login on: not proved by the JSON`,
            ),
            NOTES[role.key]?.caller.replaceAll("`", "") ?? "",
          ].filter(Boolean),
        ),
        "none",
        lines(
          distinct([
            ...behind(asker),
            ...(jobs.length === 0
              ? []
              : [MOUNTS, ...logReaders(graph), ...seers(graph), RESTORES]),
            `${accountOf(settings).label}: by changing this role`,
          ]),
        ),
        role.path,
      ],
    ];
  });
}
