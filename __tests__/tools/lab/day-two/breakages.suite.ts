import { gunzipSync, gzipSync } from "node:zlib";
import {
  type HelmSecret,
  nextRevision,
} from "../../../../tools/lab/day-two/breakages";

const pack = (value: unknown): string =>
  Buffer.from(gzipSync(JSON.stringify(value)).toString("base64")).toString(
    "base64",
  );

const unpack = (text: string): unknown =>
  JSON.parse(
    gunzipSync(
      Buffer.from(Buffer.from(text, "base64").toString(), "base64"),
    ).toString(),
  );

test("the next revision of a release says its number and status, as Helm keeps them", () => {
  const last: HelmSecret = {
    metadata: {
      name: "sh.helm.release.v1.chart.v9",
      namespace: "kube-system",
      labels: {
        owner: "helm",
        name: "chart",
        status: "deployed",
        version: "9",
      },
    },
    type: "helm.sh/release.v1",
    data: {
      release: pack({
        name: "chart",
        version: 9,
        info: { status: "deployed" },
      }),
    },
  };
  const next = nextRevision(last, "pending-upgrade") as HelmSecret;
  expect(next.metadata.name).toBe("sh.helm.release.v1.chart.v10");
  expect(next.metadata.labels).toEqual({
    owner: "helm",
    name: "chart",
    status: "pending-upgrade",
    version: "10",
  });
  expect(unpack(next.data.release)).toEqual({
    name: "chart",
    version: 10,
    info: { status: "pending-upgrade" },
  });
});
