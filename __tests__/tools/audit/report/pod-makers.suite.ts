import { evaluate } from "../../../../tools/audit/evaluate";
import { coversOf, readExceptions } from "../../../../tools/audit/exceptions";
import { graphOf } from "../../../../tools/audit/graph";
import { cisTable, cisVerdicts } from "../../../../tools/audit/report/cis";
import { kubernetesRights } from "../../../../tools/audit/report/kubernetes-permissions";
import { podMakers } from "../../../../tools/audit/report/pod-makers";
import { networkTable } from "../../../../tools/audit/report/network";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const settings = currentSettings();
const json = JSON.stringify(synthesize(settings));

const graphFrom = (text: string) =>
  graphOf(JSON.parse(text) as ReturnType<typeof synthesize>);

const rightsOf = (text: string) =>
  kubernetesRights(graphFrom(text), networkTable(graphFrom(text)));

const PRIVILEGED = '"pod-security.kubernetes.io/enforce":"privileged"';

function cisOf(text: string) {
  const graph = graphFrom(text);
  const covers = coversOf(readExceptions(), settings);
  const table = cisTable(cisVerdicts(evaluate(graph), covers), graph);
  return {
    summary: table.summary ?? [],
    item: (id: string) => rowsOf(table).find(({ Item }) => Item === id),
  };
}

test("who makes jobs in the privileged namespace is root on every node that the job names", () => {
  const { summary = [] } = rightsOf(json);
  const [sentence = ""] = summary.filter((one) =>
    one.startsWith("wave/wave-sa"),
  );
  expect(sentence).toContain(
    "makes jobs in wave-build, which enforces privileged",
  );
  expect(sentence).toContain(
    "wave-prod-system-* (role wave-prod-euc1-eks-node",
  );
  expect(sentence).toContain(
    "redis/replication-group (aws_elasticache_replication_group) 6379",
  );
});

test("nobody is where the namespace takes nothing privileged, and where nobody makes pods", () => {
  const baseline = rightsOf(
    json.replaceAll(PRIVILEGED, PRIVILEGED.replace("privileged", "baseline")),
  );
  expect(baseline.summary?.join()).not.toContain("can be root");
  expect(baseline.summary?.join()).toContain(
    "nobody is root on a node by that",
  );
  const addOn = "amazon-cloudwatch-observability";
  const nobody = json.replaceAll('"create"', '"get"');
  expect(rightsOf(nobody).summary).toEqual([
    expect.stringMatching(
      `^The operator of add-on ${addOn} makes Deployments`,
    ) as string,
  ]);
  expect(rightsOf(nobody.replaceAll(addOn, "coredns")).summary).toEqual([]);
  expect(
    rightsOf(JSON.stringify(synthesize(exampleSettings()))).summary?.join(),
  ).not.toContain("can be root");
});

test("CIS 4.2: what a namespace enforces decides, whatever its pods are", () => {
  const now = cisOf(json);
  for (const id of ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"]) {
    expect(now.item(id)).toMatchObject({
      Met: "by code, with exceptions",
      Exceptions: "EXC-10",
    });
    expect(now.item(id)?.Proof).toContain("not workloads/namespace-wave-build");
  }
  expect(now.summary).toContain(
    "Namespace wave-build enforces privileged: 4.2.1 to 4.2.5 are not met there.",
  );
  expect(now.summary.join()).toContain("Charts run in namespace kube-system");
});

test("CIS 4.2: a namespace that no entry covers is not met", () => {
  const open = cisOf(
    json.replace(
      '"pod-security.kubernetes.io/enforce":"restricted"',
      '"pod-security.kubernetes.io/enforce":"baseline"',
    ),
  );
  expect(open.item("4.2.5")?.Met).toBe("NOT MET");
  expect(open.item("4.2.4")?.Met).toBe("by code, with exceptions");
  expect(open.summary).toContain(
    "Namespace wave enforces baseline: 4.2.1 to 4.2.4 are met there, 4.2.5 is not.",
  );
});

test("CIS: rules of ours hold what a scanner may not have been asked, and namespaces without a policy are an exception", () => {
  const { item } = cisOf(json);
  for (const id of ["2.1.1", "4.1.3", "5.1.1"])
    expect(item(id)?.Met).toBe("by code");
  expect(item("4.3.2")).toMatchObject({
    Met: "by code, with exceptions",
    Exceptions: "EXC-54",
  });
  const open = (from: string, to: string) => cisOf(json.replaceAll(from, to));
  expect(open('"audit",', "").item("2.1.1")?.Met).toBe("NOT MET");
  expect(
    open('"scan_on_push":true', '"scan_on_push":false').item("5.1.1")?.Met,
  ).toBe("NOT MET");
  expect(open('"verbs":["create"', '"verbs":["*"').item("4.1.3")?.Met).toBe(
    "NOT MET",
  );
});

test("a group that makes pods is named without a namespace", () => {
  const graph = graphOf({
    "compute-env": {
      resource: {
        kubernetes_role_v1: {
          one: {
            metadata: { name: "makes", namespace: "runs" },
            rule: [{ resources: ["pods"], verbs: ["create"] }],
          },
        },
        kubernetes_role_binding_v1: {
          one: {
            metadata: { name: "makes", namespace: "runs" },
            role_ref: { name: "makes" },
            subject: [{ kind: "Group", name: "launchers" }],
          },
        },
      },
    },
  });
  expect(podMakers(graph).map(({ who }) => who)).toEqual(["launchers"]);
});
