import { checkBuildsAtOnce } from "../../../../tools/lab/checks/builds-at-once";
import { type BuildConfig } from "../../../../tools/lab/checks/build-objects";
import { type ClusterCheck } from "../../../../tools/lab/checks/cluster-check";
import { exampleSettings } from "../../../support/settings";

const config: BuildConfig = {
  timeout: "15m",
  workspace: "/efs/wave/build",
  k8s: {
    namespace: "wave-build",
    storage: { mountPath: "/efs/wave", claimName: "claim" },
  },
};

/** An API that lets so many pods in, and has them run. */
async function passes(quota: number, line = "classic"): Promise<boolean[]> {
  const pods = new Map<string, object>();
  const results: boolean[] = [];
  const api = {
    as: () => api,
    ask: (method: string, path: string, body?: object) => {
      if (method === "DELETE") {
        pods.delete(path.split("/").at(-1) ?? "");
        return Promise.resolve({ status: 200, body: {} });
      }
      const { metadata } = body as { metadata: { name: string } };
      if (pods.size >= quota)
        return Promise.resolve({
          status: 403,
          body: { message: "exceeded quota" },
        });
      pods.set(metadata.name, { metadata, status: { phase: "Running" } });
      return Promise.resolve({ status: 201, body });
    },
    call: () => Promise.resolve({ items: [...pods.values()] }),
  };
  await checkBuildsAtOnce(
    {
      api,
      line,
      step: "deploy",
      settings: exampleSettings(),
      report: { check: (_name: string, ok: boolean) => results.push(ok) },
    } as unknown as ClusterCheck,
    config,
  );
  expect(pods.size).toBe(0);
  return results;
}

test("six builds that run pass, and none is left behind", async () => {
  expect(await passes(20)).toEqual([true]);
});

test("a quota that refuses the sixth fails the check", async () => {
  expect(await passes(5)).toEqual([false]);
});

test("the current line has a queue of its own", async () => {
  expect(await passes(1, "current")).toEqual([]);
});
