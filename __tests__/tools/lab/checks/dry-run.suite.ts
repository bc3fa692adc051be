import { dryRun, withName } from "../../../../tools/lab/checks/dry-run";
import {
  type Kubectl,
  type KubectlResult,
} from "../../../../tools/lab/kube/kubectl";
import { type KubernetesObject } from "../../../../tools/operate/manifests/manifests";

const object = (kind: string, name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name },
});

/** A cluster that has some namespaces, refuses objects of some names, and records what it was asked. */
function cluster(has: readonly string[], refuses: readonly string[] = []) {
  const asked: string[] = [];
  const ask = (args: readonly string[], input = ""): Promise<KubectlResult> => {
    const { items = [] } = (input === "" ? {} : JSON.parse(input)) as {
      items?: readonly KubernetesObject[];
    };
    const names = items.map(({ metadata }) => metadata.name);
    const dry = args.includes("--dry-run=server") ? "dry-run " : "";
    const strict = args.includes("--validate=strict") ? "strict " : "";
    asked.push(`${dry}${strict}${args[0] ?? ""} ${names.join(" ")}`.trim());
    const bad = names.filter((name) => refuses.includes(name));
    const stdout = has.map((name) => `namespace/${name}`).join("\n");
    const stderr = bad.map((name) => `unknown field in ${name}`).join("\n");
    return Promise.resolve({ code: bad.length, stdout, stderr });
  };
  const call = async (args: readonly string[], input?: string) =>
    (await ask(args, input)).stdout;
  return { asked, kubectl: Object.assign(call, { ask }) as Kubectl };
}

const objects = [object("Namespace", "wave"), object("Secret", "login")];

test("every object is shown strictly, and its namespace is there meanwhile", async () => {
  const { kubectl, asked } = cluster(["default"]);
  expect(await dryRun(kubectl, objects)).toEqual([]);
  expect(asked).toEqual([
    "dry-run strict apply wave",
    "get",
    "create wave",
    "dry-run strict apply login",
    "delete wave",
  ]);
});

test("a namespace that stands is neither made nor deleted", async () => {
  const { kubectl, asked } = cluster(["wave"]);
  expect(await dryRun(kubectl, objects)).toEqual([]);
  expect(asked).toEqual([
    "dry-run strict apply wave",
    "get",
    "dry-run strict apply login",
  ]);
});

test("fails with the name of each object that is refused, and leaves no namespace", async () => {
  const { kubectl, asked } = cluster([], ["login"]);
  const more = [...objects, object("ConfigMap", "config")];
  expect(await dryRun(kubectl, more)).toEqual([
    "Secret login: unknown field in login",
  ]);
  expect(asked.at(-1)).toBe("delete wave");
});

test("a name that only Terraform computes is a name all the same", () => {
  const job = object("Job", "migrate-<substr(sha256(local.x), 0, 8)>");
  expect(withName(job).metadata.name).toBe("migrate-computed");
});

test("a volume whose source only Terraform knows is shown as another one, which may stand already", () => {
  const volume = (volumeHandle: string): KubernetesObject => ({
    ...object("PersistentVolume", "files"),
    spec: { csi: { driver: "efs.csi.aws.com", volumeHandle } },
  });
  expect(withName(volume("<id>::<id>")).metadata.name).toBe("files-computed");
  expect(withName(volume("fs-1::fsap-1")).metadata.name).toBe("files");
});
