import { configsOf } from "../exposures";
import { type Graph, type Subject, targetsOf } from "../graph";
import { at, first } from "../reading";
import { holdings } from "./data-holds";
import { storesIn } from "./data-stores";
import { textOf } from "./shown";
import { type Table, distinct } from "./table";

/** What of people is in a store that something names: found by the words of the column Holds in table data. */
interface Kind {
  readonly named: RegExp;
  readonly what: string;
  readonly removed: string;
}

const RECORDS =
  "records of requests, builds, scans and copies: name, mail address, user id and IP address of who asked, container file, image";
const OBJECTS = "its objects and their earlier versions, by prefix";
const EXPIRES = "only by its end: single lines cannot be deleted";

/**
 * The fields of Wave's records are those of `WaveBuildRecord`, `WaveContainerRecord`, `MirrorResult` and `WaveScanRecord` in
 * github.com/seqeralabs/wave at v1.3.3 and v1.37.0, where no code deletes a record; those of access logs, flow logs and audit
 * logs are in the guides of ELB, VPC and EKS.
 */
const KINDS: readonly Kind[] = [
  {
    named: /config\.yml: wave\.db\.|claim \S*\/surreal/,
    what: RECORDS,
    removed: "a statement in the database: Wave has none for one person",
  },
  {
    named: /config\.yml: redis\.uri/,
    what: `${RECORDS}, of the last requests`,
    removed:
      "Wave, when a request ends; builds and scans later, as its release says",
  },
  {
    named: /config\.yml: wave\.build\.logs/,
    what: "logs of builds, with what users' own steps print",
    removed: OBJECTS,
  },
  {
    named: /pods of \S*\/surreal-export/,
    what: `exports of the database: ${RECORDS}`,
    removed: OBJECTS,
  },
  {
    named: /claim \S*wave-(app|build)-fs/,
    what: "files that users send to a build",
    removed: "Wave after a build that succeeds; by hand after another",
  },
  {
    named: /requests to the load balancer/,
    what: "IP addresses and user agents of clients, and paths, which hold tokens of requests",
    removed: OBJECTS,
  },
  {
    named: /connections in the VPC/,
    what: "IP addresses",
    removed: EXPIRES,
  },
  {
    named: /requests to the Kubernetes API/,
    what: "names and IP addresses of who works on the cluster",
    removed: EXPIRES,
  },
  {
    named: /DATABASE_(CONNECTION_)?URL/,
    what: "what Prefect and the EMG API keep: accounts, parameters and logs of runs",
    removed: "a statement in the database, or the service's own pages",
  },
  {
    named: /^claim \S*\/(emgapi|tower)/m,
    what: "files of the EMG API, or of pipelines",
    removed: "whoever wrote them",
  },
  {
    named: /recovery points/,
    what: "copies of the files above",
    removed: "the recovery point as a whole",
  },
  {
    named: /^logs of pods, which/m,
    what: "logs of pods: Wave's names user ids, mail addresses, IP addresses, images and tokens",
    removed: EXPIRES,
  },
  {
    named: /logs and temporary volumes of pods/,
    what: "of the pods that run there: Wave's logs name user ids, mail addresses, IP addresses, images and tokens; exports of the database and heap dumps lie there while they are made",
    removed: "the kubelet, by size, and with the node",
  },
];

/** Where table access, or another, says who reads it. */
function readersOf(graph: Graph, { type, stack, path, body }: Subject): string {
  if (type === "aws_launch_template")
    return "whoever is root on the node: table kubernetes-permissions; logs through the Kubernetes API: table access, Kubernetes: pods";
  const [files] = targetsOf(
    graph,
    stack,
    at(body, "spec.persistent_volume_source"),
  ).filter((one) => one.type === "aws_efs_file_system");
  return type === "kubernetes_persistent_volume_v1"
    ? `pods that mount it${files === undefined ? "" : `; table access, asset ${files.path}`}`
    : `table access, asset ${path}`;
}

/** Where data of people is, how long it stays, who reads it, and how it is deleted. */
export function personalDataTable(graph: Graph): Table {
  const holds = holdings(graph);
  const tokens = distinct(
    configsOf(graph).map((config) =>
      textOf(first(config, "wave.tokens.cache.duration")),
    ),
  ).filter((text) => text !== "");
  const rows = storesIn(graph).flatMap(({ subject, store }) => {
    if (/secret|kms/.test(subject.type)) return [];
    const words = store.holds ?? holds(subject).join("\n");
    return KINDS.filter(({ named }) => named.test(words)).map(
      ({ what, removed, named }) => [
        what,
        `${store.kind}: ${subject.path}`,
        named.source.includes("redis") && tokens.length > 0
          ? `${tokens.join(", ")}: wave.tokens.cache.duration`
          : store.kept,
        store.backup || "none",
        readersOf(graph, subject),
        removed,
        subject.path,
      ],
    );
  });
  const endless = rows.filter(([, , kept = ""]) =>
    /^(until somebody|for ever)/.test(kept),
  );
  return {
    id: "personal-data",
    title: "Personal data",
    note: "What is in a store is a fact of the makers' sources and guides; where it is and how long it stays is derived from the JSON. Mails about builds go out by Amazon SES or the relay of the settings, which keep their own logs. What users put into images is theirs, and not looked at.",
    columns: [
      ...["Data", "In", "Kept", "Copies", "Read by", "Deleted by", "Path"],
    ],
    rows,
    summary: [
      rows.length === 0
        ? "No store here is known to hold data of people."
        : `Data of people is in ${distinct(rows.map(([, where = ""]) => where)).join(", ")}.`,
      ...(endless.length === 0
        ? []
        : [
            `Nothing ends it by itself in ${distinct(endless.map((row) => row.at(-1) ?? "")).join(", ")}.`,
          ]),
    ],
    look: distinct(endless.map((row) => row.at(-1) ?? "")).map(
      (path) => `${path} keeps data of people until somebody removes it.`,
    ),
  };
}
