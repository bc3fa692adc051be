import {
  type Kubectl,
  type KubectlResult,
} from "../../../../tools/lab/kube/kubectl";
import {
  Translation,
  changedFiles,
} from "../../../../tools/lab/stand-ins/translation";
import {
  type LivingObject,
  batchesOf,
  isReady,
  objectsOf,
} from "../../../../tools/lab/stand-ins/translation-objects";
import { filledIn } from "../../../../tools/lab/terraform/outputs";
import { type KubernetesObject } from "../../../../tools/operate/manifests/manifests";

const object = (kind: string, name = "one"): KubernetesObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name },
});

const remote = (stack: string, name: string) =>
  `\${data.terraform_remote_state.${stack}.outputs.${name}}`;

describe("values of other stacks", () => {
  const outputs = { data: { port: 6379, host: "redis" } };

  test("a whole reference keeps its type, one in a text becomes text", () => {
    const filled = filledIn(
      {
        port: remote("data", "port"),
        urls: [`${remote("data", "host")}:${remote("data", "port")}`],
        other: "${local.x}",
      },
      outputs,
    );
    expect(filled).toEqual({
      port: 6379,
      urls: ["redis:6379"],
      other: "${local.x}",
    });
  });

  test("an entry of a map is its value", () => {
    const subnets = {
      network: { subnet_ids: { a: "subnet-1", b: "subnet-2" } },
    };
    expect(
      filledIn(
        `${remote("network", "subnet_ids.a")},${remote("network", "subnet_ids.b")}`,
        subnets,
      ),
    ).toBe("subnet-1,subnet-2");
  });

  test.each(["gone", "host.gone"])(
    "fails for %s, which no stack has",
    (name) => {
      expect(() => filledIn(remote("data", name), outputs)).toThrow(
        /Stack data has no output/,
      );
    },
  );
});

test("a Secret gets stand-in values, and the values of its keys never", () => {
  const [secret] = objectsOf(
    {
      resource: {
        kubernetes_secret_v1: {
          one: {
            metadata: { name: "one" },
            data_wo: { PASSWORD: "${ephemeral.x.y.secret_string}" },
          },
        },
      },
    },
    {},
  );
  expect(secret?.stringData).toEqual({ PASSWORD: "stand-in" });
});

test("a batch ends after what has to be ready before the next is made", () => {
  const kinds = ["Secret", "PersistentVolumeClaim", "PersistentVolumeClaim"];
  const then = ["CronJob", "Deployment", "Service"];
  const batches = batchesOf([...kinds, ...then].map((kind) => object(kind)));
  expect(batches.map((batch) => batch.map(({ kind }) => kind))).toEqual([
    kinds,
    ["CronJob", "Deployment"],
    ["Service"],
  ]);
});

const deployment = (
  status: LivingObject["status"],
  generation = 2,
): LivingObject => ({
  kind: "Deployment",
  metadata: { name: "wave", generation },
  spec: { replicas: 2 },
  status,
});
const rolledOut = {
  observedGeneration: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
};

test.each([
  ["a rollout that is done", deployment(rolledOut), true],
  ["one that nobody has seen yet", deployment(rolledOut, 3), false],
  [
    "one with old pods",
    deployment({ ...rolledOut, updatedReplicas: 1 }),
    false,
  ],
  [
    "one with pods that are not ready",
    deployment({ ...rolledOut, availableReplicas: 1 }),
    false,
  ],
  [
    "a claim that waits",
    {
      kind: "PersistentVolumeClaim",
      metadata: { name: "fs" },
      status: { phase: "Pending" },
    },
    false,
  ],
  [
    "an Ingress without a load balancer",
    { kind: "Ingress", metadata: { name: "wave" } },
    false,
  ],
  [
    "a webhook that nobody answers",
    {
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "ingress" },
      webhooks: [{ failurePolicy: "Fail" }],
    },
    false,
  ],
  ["a Service", { kind: "Service", metadata: { name: "wave" } }, true],
])("%s is ready: %s", (_, living, ready) => {
  expect(isReady(living)).toBe(ready);
});

/** A kubectl that records what it was asked, as `verb Kind name`. */
function fakeKubectl(diff: Partial<KubectlResult> = {}) {
  const calls: string[] = [];
  const ask: Kubectl["ask"] = (args, input = "") => {
    const { items } = JSON.parse(input) as { items: KubernetesObject[] };
    for (const { kind, metadata } of items)
      calls.push(`${args[0] ?? ""} ${kind} ${metadata.name}`);
    return Promise.resolve({
      code: 0,
      stdout: args[0] === "get" ? '{"items": []}' : "",
      stderr: "",
      ...(args[0] === "diff" && diff),
    });
  };
  const kubectl = Object.assign(
    async (args: readonly string[], input?: string) =>
      (await ask(args, input)).stdout,
    { ask },
  );
  const sent = () => calls.splice(0).filter((call) => !call.startsWith("get"));
  return { kubectl, sent };
}

describe("a translated stack", () => {
  const [release, namespace, claim, pods] = [
    object("Deployment", "controller"),
    object("Namespace"),
    object("PersistentVolumeClaim"),
    object("Deployment"),
  ];

  test("is made in order and deleted backwards, releases last, but what charts keep", async () => {
    const { kubectl, sent } = fakeKubectl();
    const translation = new Translation(kubectl);
    const kept = object("CSIDriver", "efs");
    await translation.apply([kept, release], [namespace, claim, pods]);
    expect(sent()).toEqual([
      "apply CSIDriver efs",
      "apply Deployment controller",
      "apply Namespace one",
      "apply PersistentVolumeClaim one",
      "apply Deployment one",
    ]);
    await translation.removeAll(["CSIDriver efs"]);
    expect(sent()).toEqual([
      "delete Deployment one",
      "delete PersistentVolumeClaim one",
      "delete Namespace one",
      "delete Deployment controller",
    ]);
  });

  test("loses what a later deploy does not have", async () => {
    const { kubectl, sent } = fakeKubectl();
    const translation = new Translation(kubectl);
    await translation.apply([release], [namespace, claim, pods]);
    sent();
    await translation.apply([], [namespace, pods]);
    expect(sent()).toEqual([
      "apply Namespace one",
      "apply Deployment one",
      "delete PersistentVolumeClaim one",
      "delete Deployment controller",
    ]);
  });

  test("says which objects a second apply would change", async () => {
    const stdout =
      "+++ /tmp/LIVE-1/MERGED-2/apps.v1.Deployment.wave.wave\t2026\n";
    const { kubectl } = fakeKubectl({ code: 1, stdout });
    const translation = new Translation(kubectl);
    await translation.apply([], [pods]);
    expect(await translation.differences()).toEqual([
      "apps.v1.Deployment.wave.wave",
    ]);
  });

  test.each([1, 2])("fails when the comparison ends with %d", async (code) => {
    const { kubectl } = fakeKubectl({ code, stderr: "Unauthorized" });
    const translation = new Translation(kubectl);
    await translation.apply([], [pods]);
    await expect(translation.differences()).rejects.toThrow("Unauthorized");
  });
});

test("a diff without headers changes nothing", () => {
  expect(changedFiles("")).toEqual([]);
});
