import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { bringPrograms } from "../../../../tools/lab/kube/bring-programs";
import {
  type Download,
  download,
  downloadsOf,
  platformOf,
} from "../../../../tools/lab/kube/download-programs";
import { programVersions } from "../../../../tools/lab/kube/program-versions";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "lab-programs-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

const { kubernetes } = programVersions();
const put = (folder: string) => {
  writeFileSync(join(folder, "kubectl"), "");
  return Promise.resolve();
};
const fail = (why: string) => () => Promise.reject(new Error(why));
const quiet = () => undefined;
const cached = () => readdirSync(join(root, "kube-lab"));

describe("the programs of a cluster are brought into the cache folder", () => {
  test("by a download; nothing is built then", async () => {
    const ways = { download: put, build: fail("built") };
    expect(await bringPrograms(root, ways, quiet)).toBeUndefined();
    expect(cached()).toEqual([`bin-${kubernetes}`]);
  });

  test("by Go where there is no download, without what the download left", async () => {
    const ways = {
      download: async (folder: string) => {
        writeFileSync(join(folder, "half"), "");
        await fail("no network")();
      },
      build: put,
    };
    expect(await bringPrograms(root, ways, quiet)).toBeUndefined();
    expect(readdirSync(join(root, "kube-lab", `bin-${kubernetes}`))).toEqual([
      "kubectl",
    ]);
  });

  test("or not at all, with both reasons", async () => {
    const ways = { download: fail("no network"), build: fail("no Go") };
    expect(await bringPrograms(root, ways, quiet)).toBe("no network; no Go");
    expect(cached()).toEqual([]);
  });

  test("once, by the first of two runs", async () => {
    const brought: string[] = [];
    const run = (name: string) =>
      bringPrograms(
        root,
        {
          download: async (folder) => {
            brought.push(name);
            await new Promise((resolve) => setTimeout(resolve, 50));
            await put(folder);
          },
          build: fail("built"),
        },
        quiet,
      );
    expect(await Promise.all([run("first"), run("second")])).toEqual([
      undefined,
      undefined,
    ]);
    expect(brought).toEqual(["first"]);
  });

  test("also after a run that died while it brought them", async () => {
    mkdirSync(join(root, "kube-lab", `new-bin-${kubernetes}`), {
      recursive: true,
    });
    writeFileSync(join(root, "kube-lab", "bring.lock"), "999999999");
    const ways = { download: put, build: fail("built") };
    expect(await bringPrograms(root, ways, quiet)).toBeUndefined();
    expect(cached()).toEqual([`bin-${kubernetes}`]);
  });
});

describe("a download", () => {
  const sumOf = (content: Buffer) =>
    createHash("sha256").update(content).digest("hex");
  const one = {
    program: "kubectl",
    url: "https://example.com/kubectl",
    checksum: {
      url: "https://example.com/kubectl.sha256",
      read: (text: string) => text,
    },
  } satisfies Download;
  const server = (files: Record<string, Buffer | string>) => (url: string) =>
    Promise.resolve(Buffer.from(files[url] ?? ""));

  test("is a program when its checksum is that of the publisher", async () => {
    const content = Buffer.from("program");
    const read = server({
      [one.url]: content,
      [one.checksum.url]: sumOf(content),
    });
    await download(one, root, read);
    expect(readFileSync(join(root, "kubectl"), "utf8")).toBe("program");
    expect(statSync(join(root, "kubectl")).mode & 0o111).not.toBe(0);
  });

  test.each([
    ["another checksum", sumOf(Buffer.from("other")), /has SHA-256/],
    ["no checksum", "<html>", /has no SHA-256 of kubectl/],
  ])("with %s is refused, and not kept", async (_, sum, message) => {
    const read = server({ [one.url]: "program", [one.checksum.url]: sum });
    await expect(download(one, root, read)).rejects.toThrow(message);
    expect(existsSync(join(root, "kubectl"))).toBe(false);
  });

  test("of an archive is the program in it, by the names that the publishers use", async () => {
    const versions = { kubernetes: "1.36.3", etcd: "3.6.8", kwok: "0.8.0" };
    const etcd = downloadsOf(versions, "amd64").find(
      ({ program }) => program === "etcd",
    );
    const folder = "etcd-v3.6.8-linux-amd64";
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, "etcd"), "store");
    const file = join(root, "packed");
    await create({ file, gzip: true, cwd: root }, [folder]);
    const content = readFileSync(file);
    if (etcd?.checksum === undefined) throw new Error("no etcd");
    const read = server({
      [etcd.url]: content,
      [etcd.checksum.url]:
        `${"0".repeat(64)}  other.tar.gz\n${sumOf(content)}  ${folder}.tar.gz\n`,
    });
    const target = join(root, "bin");
    mkdirSync(target);
    await download(etcd, target, read);
    expect(readdirSync(target)).toEqual(["etcd"]);
    expect(readFileSync(join(target, "etcd"), "utf8")).toBe("store");
  });

  test("is for platforms that everything is published for", () => {
    expect(platformOf("linux", "x64")).toBe("amd64");
    expect(platformOf("linux", "arm64")).toBe("arm64");
    expect(platformOf("darwin", "arm64")).toBeUndefined();
  });
});
