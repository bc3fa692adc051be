import { type StackJson, graphOf } from "../../../../tools/audit/graph";
import { pathsTable } from "../../../../tools/audit/report/paths";
import { synthesize } from "../../../../tools/audit/synthesized";
import { withComputeEnv } from "../../../support/compute-env";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const classic = synthesize(exampleSettings());
const current = synthesize(currentSettings());

/** The table, and what somebody gets of a target, after a change of the JSON as a text. */
function pathsAfter(
  stacks: Readonly<Record<string, StackJson>>,
  change: (text: string) => string = (text) => text,
) {
  const changed = JSON.parse(change(JSON.stringify(stacks))) as typeof stacks;
  const table = pathsTable(graphOf(changed));
  const row = (from: RegExp, to: RegExp) =>
    rowsOf(table).find(
      ({ From = "", To = "" }) => from.test(From) && to.test(To),
    ) ?? {};
  return { ...table, row };
}

const BUILD = /^code of a build/;
const METADATA = /^instance metadata/;

test("code of a build reaches the internet, and nothing of the VPC but by its volume", () => {
  for (const stacks of [classic, current]) {
    const { row, summary } = pathsAfter(stacks);
    for (const to of [
      METADATA,
      /^Kubernetes API/,
      /elasticache/,
      /^pods of wave\//,
      /^kubelets of other/,
      /^other pods/,
    ])
      expect([to, row(BUILD, to).Reached]).toEqual([to, "no"]);
    expect(row(BUILD, /^the internet/).Reached).toBe("yes");
    expect(row(BUILD, /^its own node/).Reached).toBe("yes");
    // Of a node of builds no rule leads to another; the cluster's group lets its members do all.
    const kubelets = /^kubelets of other/;
    expect(row(/^node of .*build/, kubelets).Reached).toBe("no");
    expect(row(/^node of .*system/, kubelets).Reached).toBe("yes");
    expect(row(BUILD, /efs/).Reached).toBe("yes, by a volume");
    expect(summary?.[0]).toMatch(
      /^Code of a build, on nodes that Wave names, in wave-build: reaches .*the internet; does not reach instance metadata/,
    );
  }
});

test("on the classic line code of a build has a role, on the current one none", () => {
  expect(pathsAfter(classic).row(BUILD, /^a role/)).toMatchObject({
    Reached: "yes",
    "By what": "service account: identity/wave-build/Default",
  });
  expect(pathsAfter(current).row(BUILD, /^a role/).Reached).toBe("no");
});

test("without a hop limit and tokens, policies alone stand before the metadata, and nobody proved that they hold", () => {
  for (const [is, was] of [
    ['"http_put_response_hop_limit":2', '"http_put_response_hop_limit":1'],
    ['"http_tokens":"optional"', '"http_tokens":"required"'],
  ] as const) {
    const { row } = pathsAfter(classic, (text) => text.replaceAll(was, is));
    expect(row(BUILD, METADATA)).toMatchObject({
      Reached: "no",
      "By what": "network policies",
      "Not proved": expect.stringMatching(/^that AWS enforces/) as string,
    });
  }
});

test("without the exception of a policy, and a hop limit, the metadata is open", () => {
  const { row, look } = pathsAfter(classic, (text) =>
    text
      .replaceAll('"169.254.169.254/32",', "")
      .replaceAll(
        '"http_put_response_hop_limit":1',
        '"http_put_response_hop_limit":2',
      ),
  );
  expect(row(BUILD, METADATA).Reached).toBe("yes");
  expect(look).toContain(
    "Code of a build, on nodes that Wave names, in wave-build reaches instance metadata (credentials of the node): neither a hop limit of ours nor a policy.",
  );
});

test("builds in the cluster's group are kept from Redis by policies alone", () => {
  const { row } = pathsAfter(classic, (text) =>
    text.replaceAll(
      /"vpc_security_group_ids":\["\$\{aws_security_group\.nodes_build[^\]]*\]/g,
      '"x":[]',
    ),
  );
  expect(row(BUILD, /elasticache/)).toMatchObject({
    Reached: "no",
    "By what": "network policies",
    "Not proved": expect.stringMatching(/^that AWS enforces/) as string,
  });
});

test("a CNI that is told nothing of policies is said to prove nothing", () => {
  const { row } = pathsAfter(classic, (text) =>
    text.replaceAll('\\"enableNetworkPolicy\\":\\"true\\"', ""),
  );
  expect(row(BUILD, /^Kubernetes API/)["Not proved"]).toBe(
    "that the cluster's CNI enforces policies",
  );
});

test("who may make a privileged pod is root on its node: followed through on the current line", () => {
  expect(pathsAfter(classic).look?.join()).not.toMatch(/privileged/);
  const { look, row } = pathsAfter(current);
  expect(look).toContain(
    "Namespace wave-build takes privileged pods: who may make one is root on the node that it names, and has what that node has. By a Role: wave/wave-sa. Wave itself makes no privileged pod for a build, as its sources say at v1.37.0: not proved by the JSON.",
  );
  expect(
    row(
      /^node of network\/nodes\/build, or a privileged pod of wave-build/,
      METADATA,
    ).Reached,
  ).toBe("yes");
});

test("a task gets the token of its namespace, and no role without Fusion", () => {
  const { row } = pathsAfter(synthesize(withComputeEnv({})));
  expect(row(/in tower-nf$/, /^Kubernetes API/)).toMatchObject({
    Reached: "yes",
    "By what": "with the token of tower-nf/tower-launcher-sa",
  });
  expect(row(/in tower-nf$/, /^a role/).Reached).toBe("no");
});

test("code of a build reaches the load balancer as the internet does, or as its ranges say", () => {
  const balancer = /^load balancer of wave\/wave-ingress/;
  expect(pathsAfter(current).row(BUILD, balancer)).toMatchObject({
    Reached: "yes",
    "Not proved": "",
  });
  const inner = pathsAfter(current, (text) =>
    text
      .replaceAll("internet-facing", "internal")
      .replaceAll(
        '"inbound-cidrs":"0.0.0.0/0"',
        '"inbound-cidrs":"10.0.0.0/8"',
      ),
  );
  expect(inner.row(BUILD, balancer)).toMatchObject({
    Reached: "no",
    "By what": "network policies",
  });
});

test("claims that open one folder say so", () => {
  expect(pathsAfter(current).row(BUILD, /^files/)["By what"]).toContain(
    "(folder /wave as user 101, which wave/wave-app-fs opens too)",
  );
});

test("no security group parts pods of one node, and charts may have pods on its network", () => {
  const { row } = pathsAfter(current);
  expect(row(BUILD, /^other pods of wave-build/)).toMatchObject({
    Reached: "no",
    "By what": "network policies",
    "Not proved": expect.stringMatching(/^that AWS enforces/) as string,
  });
  expect(row(/^controllers and agents/, /^a role/)["By what"]).toContain(
    "identity/cloudwatch-agent/Default",
  );
  expect(row(/^controllers and agents/, /^pods of wave\/wave/)).toMatchObject({
    Reached: "not proved",
    "Not proved": expect.stringMatching(/^which pods of charts/) as string,
  });
});

test("a Singularity build of the classic line is said to be root on its node", () => {
  const { look } = pathsAfter(
    synthesize(exampleSettings({ wave: { build: { singularity: true } } })),
  );
  expect(look?.join("\n")).toContain(
    "By a Role: wave/wave-sa. Wave itself makes one for a build of a Singularity image",
  );
});
