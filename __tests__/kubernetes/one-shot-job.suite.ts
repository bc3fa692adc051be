import { TerraformLocal } from "cdktf";
import { createOneShotJob } from "../../modules/kubernetes/one-shot-job";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";
import { schemaProblems } from "../support/kubernetes-schema";
import { onlyResource, synthOne } from "../support/synth";

const json = synthOne((stack) => {
  const version = new TerraformLocal(stack, "version", "two");
  createOneShotJob(stack, "migrate", {
    name: "migrate",
    namespace: "flows",
    labels: { app: "job" },
    image: "registry.example.org/app:1",
    command: ["migrate"],
    cpu: "500m",
    memory: "1Gi",
    user: { uid: 7123, gid: 1347 },
    nodeSelector: {},
    pullSecrets: [],
    revision: `app:1/\${local.${version.friendlyUniqueId}}`,
    backoffLimit: 2,
    deadlineSeconds: 1800,
    dependsOn: [],
  });
});
const job = onlyResource(json, "kubernetes_job_v1") as {
  metadata: { name: string };
  lifecycle: object;
  spec: { template: { spec: { container: object[] } } };
};

test("the API takes it", () => {
  const objects = manifestsOf(json as TerraformJson).map(
    ({ object }) => object,
  );
  expect(objects).toMatchObject([{ kind: "Job" }]);
  expect(schemaProblems(objects)).toEqual([[]]);
});

test("its name follows the revision, so that a new one runs once and the old one never again", () => {
  const [, local = ""] =
    /^migrate-\$\{substr\(sha256\(local\.([\w-]+)\), 0, 8\)\}$/.exec(
      job.metadata.name,
    ) ?? [];
  expect(json.locals).toMatchObject({
    [local]: expect.stringMatching(/^app:1\/\$\{local\.\w+\}$/) as unknown,
  });
});

test("Terraform waits longer than the Job takes to say that it failed", () => {
  expect(job).toMatchObject({
    wait_for_completion: true,
    timeouts: { create: "1920s", update: "1920s" },
    spec: { backoff_limit: 2, active_deadline_seconds: 1800 },
  });
});

test("it stays after its end, with the logs of failed tries", () => {
  // A size, an image or a node that changes alone does not run it again.
  expect(job.lifecycle).toEqual({ ignore_changes: ["spec"] });
  expect(job.spec).not.toHaveProperty("ttl_seconds_after_finished");
  expect(job.spec.template.spec).toMatchObject({ restart_policy: "Never" });
});

test("restricted as every pod", () => {
  expect(job.spec.template.spec).toMatchObject({
    enable_service_links: false,
    automount_service_account_token: false,
    security_context: { run_as_user: "7123", run_as_group: "1347" },
    container: [{ security_context: { run_as_non_root: true } }],
  });
});
