import { type StackJson, graphOf } from "../../../../tools/audit/graph";
import { openTable } from "../../../../tools/audit/report/open";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const classic = synthesize(exampleSettings());
const current = synthesize(currentSettings());

function openAfter(
  stacks: Readonly<Record<string, StackJson>>,
  change: (text: string) => string = (text) => text,
) {
  const changed = JSON.parse(change(JSON.stringify(stacks))) as typeof stacks;
  const table = openTable(graphOf(changed));
  return {
    ...table,
    row: (path: string, method = "GET") =>
      rowsOf(table).find((row) => row.Path === path && row.Method === method) ??
      {},
  };
}

const NOBODY = "nobody: the load balancer answers 404";

test("records and pages of builds are closed on the classic line, and open on the current one", () => {
  for (const path of ["/view/builds/<id>", "/v1alpha1/builds/<id>/logs"]) {
    expect(openAfter(classic).row(path)["Reached from"]).toBe(NOBODY);
    expect(openAfter(current).row(path)).toMatchObject({
      Login: "none",
      "Reached from": "0.0.0.0/0",
    });
  }
});

test("only the current line keeps a trial of a login from private addresses", () => {
  const [ofClassic, ofCurrent] = [classic, current].map(
    (stacks) => openAfter(stacks).row("/validate-creds", "POST")["Has to know"],
  );
  expect(ofClassic).toBe("nothing");
  expect(ofCurrent).toMatch(/^private addresses are refused/);
});

test("a path that the load balancer closes no longer is open when its rule goes", () => {
  const { row, summary } = openAfter(classic, (text) =>
    text.replaceAll('"path":"/view/builds"', '"path":"/elsewhere"'),
  );
  expect(row("/view/builds/<id>")["Reached from"]).toBe("0.0.0.0/0");
  expect(summary?.join()).toContain("GET /view/builds/<id>");
});

test("a session of pairing is for the ranges of Platform", () => {
  const { row } = openAfter(classic);
  expect(
    row("/pairing/<service>/token/<token>", "WebSocket")["Reached from"],
  ).toBe("203.0.113.10/32");
});

test("requests for images want a login, until config.yml says otherwise", () => {
  expect(openAfter(current).row("/container-token", "POST").Login).toBe(
    "with a login",
  );
  const { row, look } = openAfter(current, (text) =>
    text.replaceAll("allowAnonymous: false", "allowAnonymous: true"),
  );
  expect(row("/container-token", "POST").Login).toBe("none");
  expect(look?.join()).toContain("wave.allowAnonymous");
});

test("who has no login pulls with Wave's own, where it has one and requests without a login are served", () => {
  const told = /^Whoever reaches Wave pulls what its own login to .*dkr\.ecr/;
  const toldOf = (settings: Parameters<typeof synthesize>[0]) =>
    openAfter(synthesize(settings)).look?.filter((one) => told.test(one));
  const open = { wave: { allowAnonymous: true } };
  expect(toldOf(currentSettings(open))).toHaveLength(1);
  expect(toldOf(currentSettings())).toEqual([]);
  expect(toldOf(exampleSettings(open))).toEqual([]);
});

test("ranges and a web ACL of the load balancer change what has to be looked at", () => {
  expect(openAfter(classic).look).toContain(
    "The load balancer of wave-ingress is internet-facing, for 0.0.0.0/0, with no web ACL.",
  );
  const closed = synthesize(
    exampleSettings({
      wave: { ingress: { inboundCidrs: ["198.51.100.0/24"] } },
    }),
  );
  expect(openAfter(closed).look).toEqual([]);
  expect(openAfter(closed).row("/service-info")["Reached from"]).toBe(
    "198.51.100.0/24",
  );
});

test("an endpoint of Micronaut that is switched on has a row", () => {
  expect(openAfter(classic).row("/env")).toEqual({});
  const { row } = openAfter(classic, (text) =>
    text.replaceAll(/env:\\n {4}enabled: false/g, "env:\\n    enabled: true"),
  );
  expect(row("/env")).toMatchObject({ Login: "none" });
});

test("what goes to Wave beside the known paths, and the API's own health, are said", () => {
  const { summary } = openAfter(current);
  const said = summary?.join("\n");
  expect(said).toContain("Every other path of wave.example.com goes to Wave");
  expect(said).toContain("/healthz, /livez, /readyz without one");
  expect(
    openAfter(current, (text) =>
      text.replaceAll('"endpoint_public_access":true', '"x":true'),
    ).summary?.join(),
  ).not.toContain("/healthz");
});

test("an inspection asks with Wave's own login only where config.yml has one", () => {
  const asks = (stacks: Readonly<Record<string, StackJson>>) =>
    openAfter(stacks).row("/v1alpha1/inspect", "POST")["Shows or does"];
  expect(asks(current)).toMatch(/with Wave's own login to \d+\.dkr\.ecr/);
  expect(asks(classic)).not.toContain("own login");
});

test("limits of pulls are said where Wave runs with them", () => {
  const limit = (change?: (text: string) => string) =>
    openAfter(current, change).row("/v2/<registry>/<image>")["Has to know"];
  const on = (text: string) =>
    text.replace(/"MICRONAUT_ENVIRONMENTS","value":"/, "$&rate-limit,");
  const off = (text: string) => text.replaceAll("rate-limit", "x");
  expect(limit(on)).toMatch(/^limits of pulls by address/);
  expect(limit(off)).toBe("nothing");
});
