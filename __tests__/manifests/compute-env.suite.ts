import { existsSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { computeEnvYaml } from "../../tools/operate/manifests/compute-env-yaml";
import { schemaProblems } from "../support/kubernetes-schema";

interface Plain {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

const FILES = computeEnvYaml();
const parsed = (text: string): Plain[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Plain);
const objectsOf = (folder: string): Plain[] =>
  Object.entries(FILES)
    .filter(([path]) => path.includes(`/${folder}/`))
    .flatMap(([, text]) => parsed(text));
const named = (folder: string, name: string): Plain => {
  const found = objectsOf(folder).find(
    ({ metadata }) => metadata.name === name,
  );
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

test.each(Object.entries(FILES))(
  "T-14: %s is what the stack's objects make it: npm run generate",
  (path, text) => {
    const file = projectFile(path);
    expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe(text);
  },
);

test.each(["standalone", "gke"])(
  "T-14: on %s the API takes every object, and each says its namespace",
  (folder) => {
    const objects = objectsOf(folder);
    expect(objects.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        ...["Namespace", "ServiceAccount", "Role", "RoleBinding"],
        ...["ResourceQuota", "LimitRange", "NetworkPolicy"],
        ...["PersistentVolume", "PersistentVolumeClaim"],
      ]),
    );
    expect(schemaProblems(objects).flat()).toEqual([]);
    for (const { kind, metadata } of objects)
      expect(metadata.namespace).toBe(
        /^(Namespace|PersistentVolume)$/.test(kind) ? undefined : "tower-nf",
      );
  },
);

test.each(["standalone", "gke"])(
  "T-03, T-14: on %s the Role is that of the stack, and nothing of the clean-up is left",
  (folder) => {
    const { rules } = named(folder, "tower-launcher-role") as unknown as {
      rules: { apiGroups: string[] }[];
    };
    expect(rules.map(({ apiGroups }) => apiGroups)).toEqual([
      [""],
      ["apps"],
      ["batch"],
    ]);
    expect(JSON.stringify(objectsOf(folder))).not.toMatch(
      /tower-cleanup|terraform|hostPath|10\.40\.|eks\.amazonaws/,
    );
  },
);

test("T-14: on GKE the user is the e-mail of a service account, elsewhere the group alone is bound", () => {
  const subjects = (folder: string) =>
    (
      named(folder, "tower-launcher-userbind") as unknown as {
        subjects: { kind: string; name: string }[];
      }
    ).subjects.map(({ kind, name }) => `${kind} ${name}`);
  expect(subjects("standalone")).toEqual(["Group tower-launcher"]);
  expect(subjects("gke")).toEqual([
    "Group tower-launcher",
    "User IAM-SERVICE-ACCOUNT@PROJECT.iam.gserviceaccount.com",
  ]);
});

test("T-13, T-14: the token is the Secret that the chart makes, on standalone clusters", () => {
  const { kind, type, metadata } = named("standalone", "tower-launcher-token");
  const [chart] = parsed(
    readFileSync(
      projectFile(
        "manifests/charts/service-account-token/templates/secret.yaml",
      ),
      "utf8",
    )
      .replace(/\{\{-[^]*?-\}\}/, "")
      .replace("{{ .Values.name }}", metadata.name)
      .replace("{{ .Values.serviceAccount }}", "tower-launcher-sa"),
  );
  expect(chart).toMatchObject({
    kind,
    type,
    metadata: { annotations: metadata.annotations },
  });
  expect(Object.keys(FILES).join()).not.toContain("gke/7-token");
});

test("T-20: the API of a cluster that is not known is reached on either port", () => {
  const { spec } = named("standalone", "tower-api");
  expect(JSON.stringify(spec)).toContain(
    '"ports":[{"port":443,"protocol":"TCP"},{"port":6443,"protocol":"TCP"}]',
  );
});

const page = (name: string): string =>
  readFileSync(projectFile("manifests/compute-env", name), "utf8");

test("the pages name accounts, claim and namespace as the files do", () => {
  for (const name of [
    ...["tower-nf", "tower-launcher-sa", "tower-job-sa"],
    ...["tower-scratch", "tower-launcher-token"],
  ]) {
    expect(page("README.md")).toContain(name);
    expect(named("standalone", name).metadata.name).toBe(name);
  }
});

test("T-08: the page on aws-auth maps to the group that is bound, and not to the Role's name", () => {
  const [, mapping = ""] =
    /```yaml\n([^]*?)```/.exec(page("aws-auth.md")) ?? [];
  expect(mapping).toMatch(/groups:\n\s+- tower-launcher\n/);
  expect(mapping).not.toContain("tower-launcher-role");
});
