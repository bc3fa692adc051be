import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type KubeFolders,
  findKube,
  isOlder,
  kubeFolders,
} from "../../../../tools/lab/kube/binaries";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "lab-kube-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

const programs = [
  "etcd",
  "kube-controller-manager",
  "kube-scheduler",
  "kubectl",
  "kwok",
];

/** A folder below `root` with programs, one of which says its version. */
function folder(name: string, version: string, others = programs): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  for (const program of [...others, "kube-apiserver"]) {
    const file = join(path, program);
    writeFileSync(file, `#!/bin/sh\necho Kubernetes v${version}\n`);
    chmodSync(file, 0o755);
  }
  return path;
}

const folders = (change: Partial<KubeFolders> = {}): KubeFolders => ({
  chosen: undefined,
  cache: root,
  path: [],
  ...change,
});

test("the chosen folder goes before the cache, and PATH has what it lacks", () => {
  folder("kube-lab/bin-1.37.0", "1.37.0");
  const chosen = folder("chosen", "1.36.3", ["kwok"]);
  const tools = folder("tools", "1.0.0");
  expect(findKube(folders({ chosen, path: [tools] }), "1.36")).toEqual({
    version: "1.36.3",
    binaries: {
      etcd: join(tools, "etcd"),
      "kube-apiserver": join(chosen, "kube-apiserver"),
      "kube-controller-manager": join(tools, "kube-controller-manager"),
      "kube-scheduler": join(tools, "kube-scheduler"),
      kubectl: join(tools, "kubectl"),
      kwok: join(chosen, "kwok"),
    },
  });
});

test("the newest folder of the cache is used, by number", () => {
  folder("kube-lab/bin-1.9.0", "1.9.0");
  folder("kube-lab/bin-1.36.3", "1.36.3");
  expect(findKube(folders(), "1.36")).toMatchObject({ version: "1.36.3" });
});

test("without a folder, the cluster is what a run lacks", () => {
  expect(findKube(folders(), "1.36")).toEqual({
    lacks: "a cluster (LAB_KUBE_DIR or LAB_KUBECONFIG)",
  });
});

test("a missing program and an old API server: refused in a chosen folder, lacking in the cache", () => {
  const path = folder("kube-lab/bin-1.35.4", "1.35.4", ["etcd", "kubectl"]);
  const missing = "kube-controller-manager, kube-scheduler, kwok: neither in";
  expect(findKube(folders(), "1.35")).toEqual({
    lacks: expect.stringContaining(`a cluster: ${path}: ${missing}`) as unknown,
  });
  expect(() => findKube(folders({ chosen: path }), "1.35")).toThrow(missing);
  folder("kube-lab/bin-1.35.4", "1.35.4");
  const old = "its API server is 1.35.4, older than cluster.version 1.36";
  expect(findKube(folders(), "1.36")).toEqual({
    lacks: expect.stringContaining(old) as unknown,
  });
  expect(() => findKube(folders({ chosen: path }), "1.36")).toThrow(
    `LAB_KUBE_DIR ${path}: ${old}`,
  );
});

test.each([
  ["1.35.9", "1.36", true],
  ["1.36.0", "1.36", false],
  ["1.37.1", "1.36", false],
  ["2.0.0", "1.36", false],
])("server %s is older than %s: %s", (server, wanted, older) => {
  expect(isOlder(server, wanted)).toBe(older);
});

test("an empty LAB_KUBE_DIR counts as unset", () => {
  const env = { LAB_KUBE_DIR: "", XDG_CACHE_HOME: "/cache", PATH: "/a:/b" };
  expect(kubeFolders(env)).toEqual({
    chosen: undefined,
    cache: "/cache",
    path: ["/a", "/b"],
  });
});
