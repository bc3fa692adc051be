import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { readFileSync } from "node:fs";
import { createNamespaceCleanup } from "../../modules/kubernetes/namespace-cleanup";
import { projectFile } from "../../modules/lib/project-file";
import { dependenciesOf, dependsOn } from "../support/graph";
import { onlyResource, synthOne } from "../support/synth";

const stack = synthOne((scope) => {
  const namespace = new NamespaceV1(scope, "namespace", {
    metadata: { name: "pipelines" },
  });
  createNamespaceCleanup(scope, "cleanup", {
    namespace: "pipelines",
    name: "pipelines-cleanup",
    labels: { team: "research" },
    image: "registry.k8s.io/kubectl:v1.36.0",
    nodeSelector: { pool: "system" },
    imagePullSecret: [{ name: "logins" }],
    dependsOn: [namespace],
  });
});
const jobOf = (chart: string): string =>
  readFileSync(
    projectFile(`manifests/charts/${chart}/templates/job.yaml`),
    "utf8",
  );
const job = jobOf("namespace-cleanup");

test("its account may list and delete Deployments, Jobs and pods of the namespace, and nothing else", () => {
  const verbs = ["list", "delete"];
  expect(onlyResource(stack, "kubernetes_role_v1")).toMatchObject({
    metadata: { name: "pipelines-cleanup", namespace: "pipelines" },
    rule: [
      { api_groups: ["apps"], resources: ["deployments"], verbs },
      { api_groups: ["batch"], resources: ["jobs"], verbs },
      { api_groups: [""], resources: ["pods"], verbs },
    ],
  });
  expect(onlyResource(stack, "kubernetes_role_binding_v1")).toMatchObject({
    metadata: { namespace: "pipelines" },
    role_ref: { kind: "Role", name: "pipelines-cleanup" },
    subject: [
      {
        kind: "ServiceAccount",
        name: "pipelines-cleanup",
        namespace: "pipelines",
      },
    ],
  });
});

test("its account hands out no token by itself, and pulls with the logins", () => {
  expect(onlyResource(stack, "kubernetes_service_account_v1")).toMatchObject({
    metadata: { labels: { team: "research" } },
    automount_service_account_token: false,
    image_pull_secret: [{ name: "logins" }],
  });
});

test("the release has account, image and nodes as values", () => {
  const { namespace, values } = onlyResource(stack, "helm_release");
  expect(namespace).toBe("pipelines");
  expect(JSON.parse((values as string[])[0] ?? "")).toEqual({
    image: "registry.k8s.io/kubectl:v1.36.0",
    serviceAccount: "pipelines-cleanup",
    app: "pipelines-cleanup",
    nodeSelector: { pool: "system" },
  });
});

test("it is uninstalled before its account loses the permission, and before the namespace", () => {
  const graph = dependenciesOf(stack);
  for (const later of [
    "kubernetes_role_binding_v1.cleanup-role-binding",
    "kubernetes_role_v1.cleanup-role",
    "kubernetes_service_account_v1.cleanup-account",
    "kubernetes_namespace_v1.namespace",
  ])
    expect(dependsOn(graph, "helm_release.cleanup", later)).toBe(true);
});

test("its Job runs before the uninstall, deletes everything but itself, and waits for none of it", () => {
  expect(job).toContain("helm.sh/hook: pre-delete\n");
  const [, args = ""] = /args:\n((?: +- .*\n)+)/.exec(job) ?? [];
  expect(args.trim().split(/\s+- /)).toEqual([
    "- delete",
    "{{ .Values.kinds }}",
    "--namespace={{ .Release.Namespace }}",
    "--selector=app!={{ .Values.app }}",
    "--wait=false",
  ]);
  expect(
    readFileSync(
      projectFile("manifests/charts/namespace-cleanup/values.yaml"),
      "utf8",
    ),
  ).toContain("\nkinds: deployments,jobs,pods\n");
  expect(job.match(/^ +app: {{ \.Values\.app }}$/gm)).toHaveLength(2);
});

test("in all else it is the Job that removes Wave's builds, which the lab has run", () => {
  const body = (text: string) => text.slice(text.indexOf("apiVersion:"));
  expect(
    body(job)
      .replace("{{ .Values.kinds }}", "jobs,pods")
      .replace(/ +{{- with[^]*?{{- end }}\n/, ""),
  ).toBe(
    body(jobOf("build-job-cleanup")).replace(
      /( +)nodeSelector:\n +service: wave-system\n/,
      "",
    ),
  );
});
