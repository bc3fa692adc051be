import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { importInto } from "../../../../tools/operate/restore/surrealdb-import";

/** A server that answers as the documentation of SurrealDB 1.5 has it, with one table until it is removed. */
let server: Server;
let address: string;
let tables: string[];
let asked: { path: string; body: string; login: string | undefined }[];
let refuses: string | undefined;

beforeEach(async () => {
  tables = ["old", "newer"];
  asked = [];
  refuses = undefined;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const path = request.url ?? "";
      asked.push({ path, body, login: request.headers.authorization });
      if (request.headers.ns !== "seqera" || request.headers.db !== "wave")
        response.statusCode = 400;
      for (const [, table] of body.matchAll(/REMOVE TABLE `(\w+)`/g))
        tables = tables.filter((one) => one !== table);
      if (path === "/import") tables.push("old");
      const result = body.startsWith("INFO")
        ? { tables: Object.fromEntries(tables.map((one) => [one, ""])) }
        : null;
      const status = body.includes(refuses ?? "\0") ? "ERR" : "OK";
      response.end(JSON.stringify([{ status, result, time: "1ms" }]));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
});

const bring = () =>
  importInto(address, {
    password: "secret",
    statements: "DEFINE TABLE old;\nUPDATE old:1 CONTENT {};",
    say: () => undefined,
  });

test("tables that came after the export go, and the export comes in", async () => {
  await bring();
  expect(tables).toEqual(["old"]);
  expect(asked.map(({ path }) => path)).toEqual([
    "/sql",
    "/sql",
    "/import",
    "/sql",
  ]);
  expect(asked[0]?.login).toBe(
    `Basic ${Buffer.from("root:secret").toString("base64")}`,
  );
});

test("a statement that is refused is a failure, and no success of the request", async () => {
  refuses = "UPDATE";
  await expect(bring()).rejects.toThrow("SurrealDB refused a statement");
});
