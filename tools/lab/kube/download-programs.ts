import { createHash } from "node:crypto";
import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";
import { type ProgramVersions } from "./program-versions";

/** One file of a release, and where its publisher says its SHA-256; kwok's says none. */
export interface Download {
  readonly program: string;
  readonly url: string;
  readonly checksum?: {
    readonly url: string;
    /** Picks the sum out of what is there. */
    readonly read: (text: string) => string | undefined;
  };
  /** Path of the program, when the file is an archive. */
  readonly inArchive?: string;
}

/** Names of Go for the platforms that all of the programs are published for; undefined for others. */
export function platformOf(platform: string, arch: string): string | undefined {
  const arches: Readonly<Record<string, string>> = {
    x64: "amd64",
    arm64: "arm64",
  };
  return platform === "linux" ? arches[arch] : undefined;
}

/** The releases of Kubernetes, etcd and kwok. */
export function downloadsOf(
  { kubernetes, etcd, kwok }: ProgramVersions,
  arch: string,
): Download[] {
  const ofKubernetes = [
    ...["kube-apiserver", "kube-controller-manager", "kube-scheduler"],
    "kubectl",
  ].map((program) => {
    const url = `https://dl.k8s.io/v${kubernetes}/bin/linux/${arch}/${program}`;
    const read = (text: string): string => text.trim();
    return { program, url, checksum: { url: `${url}.sha256`, read } };
  });
  const release = `https://github.com/etcd-io/etcd/releases/download/v${etcd}`;
  const folder = `etcd-v${etcd}-linux-${arch}`;
  return [
    ...ofKubernetes,
    {
      program: "etcd",
      url: `${release}/${folder}.tar.gz`,
      checksum: {
        url: `${release}/SHA256SUMS`,
        read: (text) =>
          text
            .split("\n")
            .map((line) => line.trim().split(/\s+/))
            .find(([, file]) => file === `${folder}.tar.gz`)?.[0],
      },
      inArchive: `${folder}/etcd`,
    },
    {
      program: "kwok",
      url: `https://github.com/kubernetes-sigs/kwok/releases/download/v${kwok}/kwok-linux-${arch}`,
    },
  ];
}

/** Reads an address. @throws Error when there is no answer, or not the file. */
export type Fetch = (url: string) => Promise<Buffer>;

/** A server that cannot be reached is known after a quarter of a minute; a file may take its time. */
export const fetchFile: Fetch = async (url) => {
  const started = new AbortController();
  const timer = setTimeout(() => {
    started.abort(new Error("no answer within 15 seconds"));
  }, 15_000);
  try {
    const response = await fetch(url, { signal: started.signal });
    clearTimeout(timer);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${new URL(url).host}: ${causeOf(error)}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
};

/** `fetch failed` alone says nothing. */
const causeOf = (error: unknown): string => {
  const { message, cause } = error as Error & { cause?: { message?: string } };
  return cause?.message ?? message;
};

/** Downloads one program into a folder. @throws Error when it cannot be had, or is not what its publisher says. */
export async function download(
  { program, url, checksum, inArchive }: Download,
  folder: string,
  read: Fetch = fetchFile,
): Promise<void> {
  const content = await read(url);
  if (checksum !== undefined) {
    const wanted = checksum.read((await read(checksum.url)).toString("utf8"));
    if (wanted === undefined || !/^[0-9a-f]{64}$/.test(wanted))
      throw new Error(`${checksum.url} has no SHA-256 of ${program}`);
    const found = createHash("sha256").update(content).digest("hex");
    if (found !== wanted)
      throw new Error(
        `${url} has SHA-256 ${found}, its publisher says ${wanted}`,
      );
  }
  const file = join(folder, program);
  if (inArchive === undefined) writeFileSync(file, content);
  else await unpack(content, inArchive, file);
  chmodSync(file, 0o755);
}

async function unpack(
  content: Buffer,
  path: string,
  file: string,
): Promise<void> {
  const archive = `${file}.tar.gz`;
  writeFileSync(archive, content);
  await extract({ file: archive, cwd: `${file}/..`, strip: 1 }, [path]);
  const [name = ""] = path.split("/").slice(-1);
  renameSync(join(file, "..", name), file);
  rmSync(archive);
}
