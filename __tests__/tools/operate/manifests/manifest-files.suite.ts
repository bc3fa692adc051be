import { parse } from "yaml";
import {
  isManifestFile,
  manifestFiles,
} from "../../../../tools/operate/manifests/manifest-files";
import { manifestsOf } from "../../../../tools/operate/manifests/manifests";
import { workloadsJson } from "../../../support/workloads";

const stack = workloadsJson();
const { files, objects, charts } = manifestFiles([stack], "settings/prod.yaml");
const names = Object.keys(files);
const yamls = names.filter((name) => name.endsWith(".yaml"));
const textOf = (end: string): string => {
  const name = names.find((file) => file.endsWith(end));
  if (name === undefined) throw new Error(`no file ${end}: ${names.join(" ")}`);
  return files[name] ?? "";
};

test("one file per object, named in the order of the objects", () => {
  expect(yamls).toHaveLength(objects.length);
  expect(yamls).toEqual([...yamls].sort());
  expect(yamls[0]).toBe("001-namespace-wave.yaml");
  expect(yamls.at(-1)).toMatch(/^\d{3}-ingress-wave-ingress\.yaml$/);
  expect(names).toContain("README.md");
});

test("each file holds its object and the address in Terraform", () => {
  manifestsOf(stack).forEach(({ address, object }, index) => {
    const text = files[yamls[index] ?? ""] ?? "";
    expect(text).toContain(`# ${address}\n`);
    expect(parse(text)).toEqual(object);
  });
});

test("long text is not folded, and nothing is an alias", () => {
  expect(textOf("-deployment-wave.yaml")).toMatch(
    /-XX:HeapDumpPath=.* -Djdk\.httpclient\.keepalive\.timeout=10 -D\S+$/m,
  );
  for (const name of yamls) expect(files[name]).not.toMatch(/[&*]a\d/);
});

test("a Secret says where its values come from", () => {
  expect(textOf("-secret-seqera-reg-creds.yaml")).toContain(
    "Secrets Manager:\n#   .dockerconfigjson: wave/cr.seqera.io\napiVersion: v1\n",
  );
});

test("the README lists the charts with their values", () => {
  const readme = textOf("README.md");
  expect(readme).toMatch(/^# Kubernetes objects of settings\/prod\.yaml\n/);
  expect(charts).toBe(4);
  const headings = readme.match(/^### .*$/gm);
  expect(headings).toHaveLength(charts);
  expect(readme).toContain(
    "### aws-load-balancer-controller\n\n- namespace: kube-system\n",
  );
  expect(readme).toContain('\nvpcId: "<network: vpc_id>"\n');
});

test.each([
  ["012-role-wave-role.yaml", "", true],
  ["README.md", "# Kubernetes objects of settings/prod.yaml", true],
  ["README.md", "# My project", false],
  ["values.yaml", "", false],
  ["notes.txt", "", false],
])("%s with text %j is a file of this command: %s", (name, text, own) => {
  expect(isManifestFile(name, text)).toBe(own);
});
