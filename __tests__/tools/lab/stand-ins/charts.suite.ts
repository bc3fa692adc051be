import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  chartsOf,
  packageOf,
  repositoryFiles,
  serveCharts,
} from "../../../../tools/lab/stand-ins/charts";
import { resourcesOf } from "../../../support/synth";
import { workloadsJson } from "../../../support/workloads";

interface Index {
  readonly entries: Record<
    string,
    { version: string; urls: string[]; digest: string }[]
  >;
}

const files = repositoryFiles(chartsOf(undefined));
const index = JSON.parse(files.get("/index.yaml")?.toString() ?? "") as Index;

test("the index has every chart that the stack installs from a repository, in its version", () => {
  const releases = Object.values(resourcesOf(workloadsJson(), "helm_release"));
  const installed = releases
    .filter(({ repository }) => repository !== undefined)
    .map(({ chart, version }) => [chart, version]);
  const served = Object.entries(index.entries).map(([name, [chart]]) => [
    name,
    chart?.version,
  ]);
  expect(installed).toHaveLength(3);
  expect(served.sort()).toEqual(installed.sort());
});

test("every chart of the index is a package with the digest it says", () => {
  for (const [chart] of Object.values(index.entries)) {
    const content = files.get(`/${chart?.urls[0] ?? ""}`) ?? Buffer.alloc(0);
    const digest = createHash("sha256").update(content).digest("hex");
    expect(digest).toBe(chart?.digest);
  }
});

test("a package unpacks with tar to the chart's two files", () => {
  const list = execFileSync("tar", ["-tzf", "-"], {
    input: files.get("/aws-efs-csi-driver-4.4.1.tgz"),
    encoding: "utf8",
  });
  const names = list.trim().split("\n");
  expect(names.filter((name) => !name.endsWith("/"))).toEqual([
    "aws-efs-csi-driver/Chart.yaml",
    "aws-efs-csi-driver/templates/stub.yaml",
  ]);
});

test("the repository answers with its files, and 404 for others", async () => {
  const { url, server } = await serveCharts(chartsOf(""));
  const statusOf = async (path: string) => (await fetch(url + path)).status;
  expect(await statusOf("/index.yaml")).toBe(200);
  expect(await statusOf("/other")).toBe(404);
  server.closeAllConnections();
  server.close();
});

test("LAB_CHART_DIR gives the real charts, and has to have all of them", () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-charts-"));
  const put = (name: string, version: string) => {
    writeFileSync(
      join(folder, `${name}-${version}.tgz`),
      packageOf(name, version, [{ kind: "Real" }]),
    );
  };
  put("aws-efs-csi-driver", "4.4.1");
  expect(() => chartsOf(folder)).toThrow(
    /LAB_CHART_DIR .* has no aws-load-balancer-controller-3\.5\.0\.tgz/,
  );
  put("aws-load-balancer-controller", "3.5.0");
  put("cluster-autoscaler", "9.59.0");
  const [driver] = chartsOf(folder);
  const texts = execFileSync("tar", ["-xzOf", "-"], {
    input: driver?.content,
    encoding: "utf8",
  });
  expect(texts).toContain('{"kind":"Real"}');
  rmSync(folder, { recursive: true });
});
