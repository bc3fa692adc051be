import { type KubeApi } from "../../../../tools/lab/kube/api";
import { JobRecord } from "../../../../tools/lab/kube/job-record";

const job = (uid: string, image: string, conditions: object[] = []) => ({
  metadata: { name: `migrate-${image}`, uid },
  spec: { template: { spec: { containers: [{ image }] } } },
  status: { conditions },
});
const done = [{ type: "Complete", status: "True" }];

/** An API that has other Jobs at each look. */
const apiOf = (...looks: object[][]): KubeApi =>
  ({
    call: () => Promise.resolve({ items: looks.shift() ?? [] }),
  }) as unknown as KubeApi;

test("a Job that was deleted is remembered as it was last", async () => {
  const record = new JobRecord(
    apiOf([job("a", "v1")], [job("a", "v1", done)], [job("b", "v2")]),
    "emg",
  );
  await record.seen();
  await record.seen();
  expect(await record.seen()).toEqual([
    { name: "migrate-v1", uid: "a", image: "v1", isComplete: true, failed: 0 },
    { name: "migrate-v2", uid: "b", image: "v2", isComplete: false, failed: 0 },
  ]);
});

test("the same name with another uid is another run", async () => {
  const record = new JobRecord(
    apiOf([job("a", "v1", done)], [job("b", "v1", done)]),
    "emg",
  );
  await record.seen();
  expect(await record.seen()).toHaveLength(2);
});
