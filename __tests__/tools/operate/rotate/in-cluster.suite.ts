import { lookAtSecrets } from "../../../../tools/operate/rotate/after";
import {
  type AskCluster,
  notYet,
} from "../../../../tools/operate/rotate/in-cluster";

const SINCE = new Date("2026-11-29T04:00:00.700Z");
const LATER = "2026-11-29T04:00:00Z";
const EARLIER = "2026-11-29T03:59:59Z";

/** A cluster with one Deployment and its pods. */
const cluster =
  (status: object, pods: readonly object[], generation = 1): AskCluster =>
  (path) =>
    Promise.resolve({
      status: 200,
      body: path.includes("/deployments/")
        ? {
            metadata: { generation },
            spec: { selector: { matchLabels: { app: "wave" } } },
            status: { observedGeneration: 1, ...status },
          }
        : { items: pods.map((metadata) => ({ metadata })) },
    });

const READY = { replicas: 2, readyReplicas: 2, updatedReplicas: 2 };
const pod = (creationTimestamp: string, more: object = {}) => ({
  name: `wave-${creationTimestamp}`,
  creationTimestamp,
  ...more,
});

test("pods that started with the value or after it are right", async () => {
  const ask = cluster(READY, [
    pod(LATER),
    pod(EARLIER, { deletionTimestamp: LATER }),
  ]);
  expect(await notYet(ask, "wave", "wave", SINCE)).toBeUndefined();
});

test.each([
  ["older", READY, [pod(EARLIER)], 1, "started before the new value"],
  ["a rollout that is not seen", READY, [pod(LATER)], 2, "not seen yet"],
  ["none ready", { replicas: 1 }, [pod(LATER)], 1, "no pod is ready"],
  ["no pods at all", {}, [], 1, "no pod is ready"],
  ["a part", { ...READY, readyReplicas: 1 }, [pod(LATER)], 1, "1 of 2"],
])("%s: not yet", async (_, status, pods, generation, words) => {
  const ask = cluster(status, pods, generation);
  expect(await notYet(ask, "wave", "wave", SINCE)).toContain(words);
});

/** A cluster with one Secret in a namespace. */
const holding =
  (data: Readonly<Record<string, string>>): AskCluster =>
  () =>
    Promise.resolve({
      status: 200,
      body: {
        metadata: { namespace: "wave", name: "s" },
        data: Object.fromEntries(
          Object.entries(data).map(([key, value]) => [
            key,
            Buffer.from(value).toString("base64"),
          ]),
        ),
      },
    });

const readers = [{ namespace: "wave", secret: "s", deployments: [] }];

test("a login is found in the file of a registry, whatever its letters", async () => {
  const password = 'a"b<c>&';
  // As Terraform's jsonencode writes it.
  const config = JSON.stringify({ auths: { r: { username: "u", password } } })
    .replaceAll("<", "\\u003c")
    .replaceAll(">", "\\u003e")
    .replaceAll("&", "\\u0026");
  const ask = holding({ ".dockerconfigjson": config });
  const look = (wanted: readonly string[]) =>
    lookAtSecrets(ask, { kind: "operator", readers }, wanted);
  expect((await look(["u", password])).wrong).toEqual([]);
  // The same user with the password of before.
  expect((await look(["u", "another"])).wrong).toEqual([
    "Secret wave/s: another value",
  ]);
});

test("a generated password is found in an address, and each of several has to be somewhere", async () => {
  const ask = holding({ URL: "redis://:NEW1@host", ROOT: "NEW2" });
  const look = (wanted: readonly string[]) =>
    lookAtSecrets(ask, { kind: "generated", readers }, wanted);
  expect((await look(["NEW1", "NEW2"])).wrong).toEqual([]);
  expect((await look(["NEW1", "NEW3"])).wrong).toEqual([
    "cluster: a value is in no Secret",
  ]);
  expect((await look(["NEW4"])).wrong).toEqual([
    "Secret wave/s: another value",
  ]);
});

test("nothing of a value is in what is said", async () => {
  const ask = holding({ URL: "OLD-7f3a" });
  const found = await lookAtSecrets(ask, { kind: "generated", readers }, [
    "NEW-7f3a",
  ]);
  expect(JSON.stringify(found)).not.toContain("7f3a");
});
