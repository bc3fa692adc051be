import { type AddressInfo, type Server, createServer } from "node:net";
import { ask } from "../../../../tools/operate/verify/ask";
import { type Check } from "../../../../modules/wave/smoke-test/checks";
import { adviseOnSilence } from "../../../../tools/operate/verify/connection-advice";
import { shownReplies } from "../../../../tools/operate/verify/evaluate";
import { targetOf } from "../../../../tools/operate/verify/target";
import { exampleSettings } from "../../../support/settings";

const check: Check = {
  name: "health",
  what: "healthy",
  scheme: "https",
  path: "/health",
  expected: { status: 200 },
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A port of this machine behind which the program is. */
async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

/** What the check gets at an address that gives no answer, and the cause. */
async function silenceOf(url: string, timeout = "10"): Promise<string> {
  const made = targetOf("wave.example.com", { url, timeout });
  if (!("target" in made)) throw new Error("bad options");
  const reply = await ask(check, made.target);
  if (!("code" in reply)) throw new Error(`got ${reply.status}`);
  const { cause } = adviseOnSilence(reply, exampleSettings(), made.target);
  return `${shownReplies([reply], check.expected)}: ${cause}`;
}

const smtp = () =>
  createServer((socket) => {
    socket.on("error", () => undefined).end("220 mail ESMTP\r\n");
  });

test("a name that does not exist (reserved by RFC 2606)", async () => {
  expect(await silenceOf("http://wave.invalid")).toMatch(
    /(ENOTFOUND|EAI_AGAIN)\): the name wave\.invalid has no address/,
  );
});

test("a port where nothing listens", async () => {
  const port = await portOf(createServer());
  await new Promise((done) => servers.pop()?.close(done));
  expect(await silenceOf(`http://127.0.0.1:${port}`)).toMatch(
    /^refused \(ECONNREFUSED\): nothing listens/,
  );
});

test("a machine that takes the connection and keeps silent", async () => {
  const port = await portOf(createServer());
  for (const scheme of ["http", "https"])
    expect(await silenceOf(`${scheme}://127.0.0.1:${port}`, "0.2")).toMatch(
      /^connected, no answer in 0\.2 s: .*came in time/,
    );
});

test("a program that speaks something else", async () => {
  expect(await silenceOf(`http://127.0.0.1:${await portOf(smtp())}`)).toMatch(
    /^no answer \(HPE_\w+\): .*does not speak HTTP/,
  );
});

test("https where no TLS is spoken", async () => {
  expect(await silenceOf(`https://127.0.0.1:${await portOf(smtp())}`)).toMatch(
    /^no answer \((EPROTO|ERR_SSL_\w+)\): .*does not speak TLS/,
  );
});

test("an answer that breaks off", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", () =>
      socket.destroy(),
    );
  });
  expect(await silenceOf(`http://127.0.0.1:${await portOf(server)}`)).toMatch(
    /^no answer \(ECONNRESET\): the connection was closed/,
  );
});
