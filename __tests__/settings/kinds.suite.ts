import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { problemsOf } from "../support/settings-files";

const keysAllowed = (change: object): string =>
  problemsOf(change)[0]?.allowed ?? "";

test("an unknown key is answered with the keys of the kind that is written", () => {
  const allowed = keysAllowed({
    network: { ...EXISTING_NETWORK, natGateways: "single" },
  });
  expect(allowed).toContain("vpcId, cidrs, subnets");
  expect(allowed).not.toContain("flowLogRetentionDays");
});

test("a wrong value is explained by the sentence of the kind that is written", () => {
  const problem = problemsOf({
    network: EXISTING_NETWORK,
    cluster: { ...EXISTING_CLUSTER, version: "newest" },
  }).find(({ path }) => path === "cluster.version");
  expect(problem?.fix).toContain("compared with the cluster at plan");
});

test("a kind that is none is answered with those that there are, and so is a name of every object", () => {
  for (const kind of ["borrowed", "constructor"])
    expect(keysAllowed({ network: { ...EXISTING_NETWORK, kind } })).toBe(
      "created, existing",
    );
});

test("a broken key of a section with kinds hides the problems of no other key", () => {
  const problems = problemsOf({
    backend: { kind: "s3", bucket: "Wrong_Name", keyPrefix: "a/" },
    network: { zones: ["a"], natGateways: 3 } as never,
  });
  expect(problems.map(({ path }) => path).sort()).toEqual([
    "backend.bucket",
    "backend.keyPrefix",
    "network.natGateways",
    "network.zones",
  ]);
});
