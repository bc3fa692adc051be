import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { stubReleases } from "./stub-releases";

/** A chart as its repository offers it. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  /** The `.tgz`. */
  readonly content: Buffer;
}

/**
 * The charts that `workloads` installs from a repository: the real ones of `LAB_CHART_DIR`, else stand-ins (LAB-E5).
 * @throws Error when the folder lacks one of them.
 */
export function chartsOf(folder: string | undefined): PackedChart[] {
  return Object.entries(stubReleases).map(([name, { version, objects }]) => ({
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
  const documents = objects.map((object) => JSON.stringify(object));
  return gzipSync(
    tar({
      [`${name}/Chart.yaml`]: JSON.stringify(metadataOf(name, version)),
      [`${name}/templates/stub.yaml`]: documents.join("\n---\n"),
    }),
  );
}

const blockSize = 512;

/** A tar archive (ustar) of small text files. */
export function tar(files: Readonly<Record<string, string>>): Buffer {
  const parts = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const padding = (blockSize - (content.length % blockSize)) % blockSize;
    return [header(path, content.length), content, Buffer.alloc(padding)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]);
}

function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(blockSize);
  const octal = (value: number, digits: number) =>
    `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(path, 0, 100);
  block.write(octal(0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  // The checksum counts its own field as eight spaces.
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
