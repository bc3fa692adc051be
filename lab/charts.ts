import { createHash } from "node:crypto";
import { type Server, createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** A chart in the place of a controller's: same name and version, nothing that would have to run. */
export interface StubChart {
  readonly name: string;
  readonly version: string;
  /** Its only template. */
  readonly template: string;
}

/** A chart that makes one ConfigMap, so that an install and its wait end. */
const stub = (name: string, version: string): StubChart => ({
  name,
  version,
  template: `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}-lab
  namespace: {{ .Release.Namespace }}
data:
  note: This stands in for the controller.
`,
});

/** The charts that `workloads` installs from a repository (LAB-E5). */
export const stubCharts: readonly StubChart[] = [
  stub("aws-efs-csi-driver", "4.4.1"),
  stub("aws-load-balancer-controller", "3.5.0"),
];

/** Serves `index.yaml` and the packages of `charts` on the loopback address. */
export async function serveCharts(
  charts: readonly StubChart[],
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
  charts: readonly StubChart[],
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const entries: Record<string, unknown[]> = {};
  for (const chart of charts) {
    const file = `${chart.name}-${chart.version}.tgz`;
    const content = packageOf(chart);
    files.set(`/${file}`, content);
    entries[chart.name] = [
      {
        ...metadataOf(chart),
        urls: [file],
        digest: createHash("sha256").update(content).digest("hex"),
      },
    ];
  }
  const index = { apiVersion: "v1", entries };
  files.set("/index.yaml", Buffer.from(JSON.stringify(index)));
  return files;
}

const metadataOf = ({ name, version }: StubChart) => ({
  apiVersion: "v2",
  name,
  version,
});

/** The chart as Helm packs it: a compressed tar archive with one folder. */
function packageOf(chart: StubChart): Buffer {
  return gzipSync(
    tar({
      [`${chart.name}/Chart.yaml`]: JSON.stringify(metadataOf(chart)),
      [`${chart.name}/templates/stub.yaml`]: chart.template,
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
