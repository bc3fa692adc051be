import {
  type Workload,
  startStep,
  stopStep,
} from "../../../../tools/operate/restore/workload";
import * as cluster from "../../../../tools/operate/kubernetes/cluster";
import { type StepContext } from "../../../../tools/operate/restore/steps";

jest.mock("../../../../tools/operate/kubernetes/cluster");

/** A Deployment whose pods come and go at once. */
let replicas: number | undefined;
let scaled: number[];
const asked = jest.mocked(cluster.askCluster);

beforeEach(() => {
  scaled = [];
  asked.mockImplementation((_login, path, { method = "GET", body } = {}) => {
    if (replicas === undefined)
      return Promise.resolve({ status: 404, body: {} });
    if (method === "PATCH") {
      replicas = (body as { spec: { replicas: number } }).spec.replicas;
      scaled.push(replicas);
    }
    expect(path).toContain("/namespaces/wave/deployments/wave");
    return Promise.resolve({
      status: 200,
      body: {
        spec: { replicas },
        status: { replicas, readyReplicas: replicas },
      },
    });
  });
});
afterEach(() => jest.resetAllMocks());

const workload: Workload = {
  what: "Wave",
  namespace: "wave",
  deployments: { wave: 2 },
  login: () => Promise.resolve({} as cluster.ClusterLogin),
};

/** Runs steps as one restore, and gives what they noted. */
async function restored(
  facts: Record<string, string>,
  ...steps: readonly ReturnType<typeof stopStep>[]
) {
  for (const step of steps)
    await step.run({
      record: { from: "", stamp: "", done: [], facts },
      say: () => undefined,
      note: (key, value) => {
        facts[key] = value;
      },
    } satisfies StepContext);
  return facts;
}

test("as many as before come back", async () => {
  replicas = 5;
  await restored({}, stopStep(workload), startStep(workload));
  expect(scaled).toEqual([0, 5]);
});

test("a stop that was interrupted does not take its own 0 for what was there", async () => {
  replicas = 0;
  await restored(
    { "replicas of wave": "5" },
    stopStep(workload),
    startStep(workload),
  );
  expect(scaled).toEqual([0, 5]);
});

test("from 0 the least comes back, for an autoscaler never starts from there", async () => {
  replicas = 0;
  await restored({}, stopStep(workload), startStep(workload));
  expect(scaled).toEqual([0, 2]);
});

test("where there is no Deployment nothing is scaled", async () => {
  replicas = undefined;
  await restored({}, stopStep(workload), startStep(workload));
  expect(scaled).toEqual([]);
});
