import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { namesOf } from "../../../modules/lib/names";
import { hasWave } from "../../../modules/schema";
import { isClassic } from "../../../modules/wave/release/line";
import {
  SURREAL_NAME,
  SURREAL_PORT,
} from "../../../modules/wave/objects/surrealdb";
import { bucketNameOf } from "../../../modules/wave/stores/bucket-names";
import { SURREAL_EXPORTS_PREFIX } from "../../../modules/wave/stores/log-prefixes";
import { awsRequest } from "../aws/client";
import { attachPolicies } from "../deployer/policies";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { waveEks } from "./command";
import { recordOf } from "./restore-record";
import { valueNamed } from "./secrets-look";

const KEY = `${SURREAL_EXPORTS_PREFIX}/lab-kept.surql`;
const EXPORT =
  "DEFINE TABLE wave_scan SCHEMALESS;\nDEFINE TABLE wave_build SCHEMALESS;\nINSERT INTO wave_scan { id: 1 };\n";

/**
 * SurrealDB of the classic line. The Job that keeps what is there, and Wave's pods, are of the API of Kubernetes; SurrealDB's HTTP and the
 * forwarded port are stand-ins.
 */
export async function checkSurreal(lab: Lab): Promise<void> {
  const { settings, aws, report } = lab;
  if (!hasWave(settings) || !isClassic(settings)) return;
  await awsRequest(aws, "s3", {
    method: "PUT",
    path: `/${bucketNameOf(settings, "logs")}/${KEY}`,
    body: EXPORT,
  });
  const refused = await waveEks(lab, [
    ...["restore", "surrealdb", "--from", "exports/nobody.surql", "--yes"],
  ]);
  report.check(
    "restore surrealdb: an export that is none is refused",
    refused.code === 1 &&
      refused.text.includes("which is not in") &&
      !existsSync(recordOf(lab, "surrealdb")),
    refused.text.slice(-500),
  );
  const args = ["restore", "surrealdb", "--from", KEY, "--yes"];
  const denied = await waveEks(lab, args);
  report.check(
    "restore surrealdb: who may not read the export is refused before Wave is stopped",
    denied.code === 1 &&
      denied.text.includes("may not read") &&
      !existsSync(recordOf(lab, "surrealdb")),
    denied.text.slice(-500),
  );
  attachPolicies([
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${bucketNameOf(settings, "logs")}/${KEY}`,
        },
      ],
    },
  ]);
  const password = await valueNamed(lab, namesOf(settings).of("surrealdb"));
  const database = await startStub(password);
  const bin = join(paths.root, ".lab", "forward");
  writeKubectl(bin, database.port);
  const { code, text } = await waveEks(lab, args, {
    PATH: `${bin}:${process.env.PATH ?? ""}`,
  });
  database.close();
  const asked = existsSync(join(bin, "asked"))
    ? readFileSync(join(bin, "asked"), "utf8").trim()
    : "";
  report.check(
    "restore surrealdb: what is there is exported, the tables of the export are there and no others, and Wave runs again",
    code === 0 &&
      [...database.tables].sort().join() === "wave_build,wave_scan" &&
      !existsSync(recordOf(lab, "surrealdb")),
    code === 0 ? [...database.tables].join(", ") : text.slice(-1500),
  );
  report.check(
    "restore surrealdb: the forwarded port is that of its pod",
    asked ===
      `port-forward -n ${settings.wave.namespace} deployment/${SURREAL_NAME} :${SURREAL_PORT}`,
    asked,
  );
  rmSync(bin, { recursive: true, force: true });
}

/** Says that it forwards, until it is killed. */
function writeKubectl(folder: string, port: number): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const program = join(folder, "kubectl");
  writeFileSync(
    program,
    `#!/bin/sh\necho "$@" >>"${folder}/asked"\necho "Forwarding from 127.0.0.1:${port} -> ${SURREAL_PORT}"\nexec sleep 600\n`,
  );
  chmodSync(program, 0o755);
}

/** What a restore asks of SurrealDB, for the root user: tables, their end, an import. */
async function startStub(password: string) {
  const tables = new Set(["wave_scan", "later"]);
  const login = `Basic ${Buffer.from(`root:${password}`).toString("base64")}`;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      if (request.headers.authorization !== login) {
        response.writeHead(401).end("There was a problem with authentication");
        return;
      }
      for (const [, name = ""] of body.matchAll(/REMOVE TABLE `(\w+)`/g))
        tables.delete(name);
      for (const [, name = ""] of body.matchAll(/DEFINE TABLE (\w+)/g))
        tables.add(name);
      const known = Object.fromEntries([...tables].map((name) => [name, ""]));
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify([{ status: "OK", result: { tables: known } }]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    tables,
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
    },
  };
}
