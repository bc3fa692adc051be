import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { type NodeSelector } from "../../../modules/core/cluster/node-labels";
import { type StubRelease, stubReleases } from "./stub-releases";

/** A chart as its repository offers it. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** The `.tgz`. */
  readonly content: Buffer;
}

/**
 * The charts that stacks install from a repository: the real ones of `LAB_CHART_DIR`, else stand-ins.
 * @param nodes Labels of the nodes that the stand-ins run on.
 * @param more Those of other stacks.
 * @throws Error when the folder lacks one of them.
 */
export function chartsOf(
  folder: string | undefined,
  nodes?: NodeSelector,
  more: Readonly<Record<string, StubRelease>> = {},
): PackedChart[] {
  const releases = { ...stubReleases(nodes), ...more };
  return Object.entries(releases).map(([name, { version, objects }]) => ({
    name,
    version,
    content:
      folder === undefined || folder === ""
        ? packageOf(name, version, objects)
        : readChart(folder, `${name}-${version}.tgz`),
  }));
}

function readChart(folder: string, file: string): Buffer {
  const path = join(folder, file);
  if (!existsSync(path))
    throw new Error(
      `LAB_CHART_DIR ${folder} has no ${file}: put it there with helm pull, or unset LAB_CHART_DIR.`,
    );
  return readFileSync(path);
}

/** Serves `index.yaml` and the packages of `charts` on the loopback address. */
export async function serveCharts(
  charts: readonly PackedChart[],
): Promise<{ readonly url: string; readonly server: Server }> {
  const files = repositoryFiles(charts);
  const server = createServer((request, response) => {
    const body = files.get(request.url ?? "");
    response.statusCode = body ? 200 : 404;
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // It must not keep a run alive that has ended.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, server };
}

/** Files of a chart repository by path. The index is JSON, which is YAML too. */
export function repositoryFiles(
  charts: readonly PackedChart[],
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const entries: Record<string, unknown[]> = {};
  for (const { name, version, content } of charts) {
    const file = `${name}-${version}.tgz`;
    files.set(`/${file}`, content);
    entries[name] = [
      {
        ...metadataOf(name, version),
        urls: [file],
        digest: createHash("sha256").update(content).digest("hex"),
      },
    ];
  }
  const index = { apiVersion: "v1", entries };
  files.set("/index.yaml", Buffer.from(JSON.stringify(index)));
  return files;
}

const metadataOf = (name: string, version: string) => ({
  apiVersion: "v2",
  name,
  version,
});

/** A chart of these objects, as Helm packs it: a compressed tar archive with one folder. */
export function packageOf(
  name: string,
  version: string,
  objects: readonly object[],
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "lab-chart-"));
  try {
    mkdirSync(join(folder, name, "templates"), { recursive: true });
    const write = (file: string, text: string): void => {
      writeFileSync(join(folder, name, file), text);
    };
    write("Chart.yaml", JSON.stringify(metadataOf(name, version)));
    const documents = objects.map((object) => JSON.stringify(object));
    write("templates/stub.yaml", documents.join("\n---\n"));
    const options = { cwd: folder, gzip: true, sync: true } as const;
    return create(options, [name]).read() ?? Buffer.alloc(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
