import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeApi } from "../../../../tools/lab/kube/api";
import { runTasks } from "../../../../tools/lab/nextflow/node-work";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "lab-tasks-"))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the command of a pod runs once, where its files are, as soon as the pod has a node", async () => {
  const command = join(folder, ".command.run");
  writeFileSync(command, "echo $PWD >> ran");
  const pod = (nodeName?: string) => ({
    metadata: { name: "nf-1", labels: {} },
    spec: { nodeName, containers: [{ args: ["/bin/bash", "-ue", command] }] },
  });
  const answers = [[], [pod()], [pod("node")], [pod("node")]];
  const call = jest
    .spyOn(KubeApi.prototype, "call")
    .mockImplementation(() => Promise.resolve({ items: answers.shift() }));
  const api = new KubeApi({ host: "https://lab.invalid" });
  const done = await runTasks(api, "tower-nf", () => answers.length === 0);
  expect(done).toEqual([pod("node")]);
  expect(readFileSync(join(folder, "ran"), "utf8")).toBe(`${folder}\n`);
  expect(call.mock.calls[0]?.[1]).toContain(
    "/namespaces/tower-nf/pods?labelSelector=nextflow.io%2Fapp%3Dnextflow",
  );
});
