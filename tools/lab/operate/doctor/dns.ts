import { type RemoteInfo, createSocket } from "node:dgram";

/** A DNS server on the loopback that knows name servers of domains, and nothing else. */
export interface DnsStandIn {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  /** By domain; one that is not here does not exist. */
  readonly delegations: Map<string, readonly string[]>;
  close(): void;
}

const NS = 2;
const NO_SUCH_NAME = 3;

export async function startDns(): Promise<DnsStandIn> {
  const delegations = new Map<string, readonly string[]>();
  const socket = createSocket("udp4");
  socket.on("message", (question: Buffer, from: RemoteInfo) => {
    socket.send(answerTo(question, delegations), from.port, from.address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, "127.0.0.1", resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    delegations,
    close: () => {
      socket.close();
    },
  };
}

/** RFC 1035: the header and the question come back, and one record for each name server. */
export function answerTo(
  question: Buffer,
  delegations: ReadonlyMap<string, readonly string[]>,
): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  const type = question.readUInt16BE(at + 1);
  const servers =
    type === NS ? delegations.get(labels.join(".").toLowerCase()) : undefined;
  const header = Buffer.from(question.subarray(0, 12));
  // An answer, recursion available; the number of records.
  header.writeUInt16BE(0x8180 + (servers ? 0 : NO_SUCH_NAME), 2);
  header.writeUInt16BE(servers?.length ?? 0, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([
    header,
    question.subarray(12, end),
    ...(servers ?? []).map(recordOf),
  ]);
}

function recordOf(server: string): Buffer {
  const name = Buffer.concat([
    ...server
      .replace(/\.$/, "")
      .split(".")
      .flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]),
    Buffer.from([0]),
  ]);
  const head = Buffer.alloc(12);
  // The name of the question, type NS, class IN, a minute, the length.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(NS, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(name.length, 10);
  return Buffer.concat([head, name]);
}
