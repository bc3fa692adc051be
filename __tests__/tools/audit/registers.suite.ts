import { existsSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { readAcceptedRisks } from "../../../tools/audit/accepted-risks";
import {
  coversOf,
  isScanners,
  readExceptions,
} from "../../../tools/audit/exceptions";
import { exposuresOf } from "../../../tools/audit/exposures";
import { graphOf } from "../../../tools/audit/graph";
import { failuresOf, evaluate } from "../../../tools/audit/evaluate";
import { rules } from "../../../tools/audit/rules";
import {
  EXAMPLES,
  exampleOf,
  synthesize,
} from "../../../tools/audit/synthesized";
import { companyVpcSettings } from "../../support/existing";
import {
  expiredOn,
  idle,
  reconcile,
  showFinding,
  uncovered,
} from "../../support/registers";
import {
  type SettingsChange,
  currentSettings,
  emgSettings,
  exampleSettings,
  existingExampleSettings,
  liteSettings,
  platformsSettings,
} from "../../support/settings";
import { FORBIDDEN_TYPES, passing } from "./samples/passing";

const exceptions = readExceptions();
const risks = readAcceptedRisks();
const today = new Date().toISOString().slice(0, 10);
const environments = EXAMPLES.map((file) => {
  const settings = exampleOf(file);
  const graph = graphOf(synthesize(settings));
  return { file, settings, graph, exposures: exposuresOf(graph) };
});

/** Options that change a rule's answer: pods that start closed, more policies for nodes, cached layers in a bucket, a jump role, a certificate of the operator's. */
const OPTIONS: SettingsChange = {
  cluster: {
    networkPolicyMode: "strict",
    nodePolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
  },
  data: { buildCache: {} },
  wave: {
    current: {
      jumpRoleArn: "arn:aws:iam::210987654321:role/wave-jump",
      jumpExternalId: "jump-id",
    },
  },
  dns: {
    hostedZoneId: undefined,
    certificateArn:
      "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  },
};

/** Controllers, provider and build nodes the other way round than the example has them. */
const OTHER_OWNERS: SettingsChange = {
  cluster: {
    controllers: { loadBalancerController: "ours", efsCsiDriver: "existing" },
    oidcProvider: "ours",
    nodeSelectors: { build: undefined },
    nodeGroups: { build: { minSize: 1, maxSize: 3 } },
  },
};

/** Each storage, and each way in, of a compute environment. */
const PIPELINES = [
  platformsSettings({
    computeEnv: {
      storage: { kind: "fusion" },
      s3: { dataBuckets: ["my-data"], listAllBuckets: true },
    },
  }),
  platformsSettings({
    computeEnv: {
      storage: { kind: "fusion", fuse: "privileged" },
      serviceAccountToken: true,
    },
  }),
  platformsSettings({
    computeEnv: {
      launcher: { kind: "none" },
      storage: { kind: "nfs", server: "10.0.3.4", path: "/export" },
      nodes: { kind: "existing", nodeSelector: { pool: "nextflow" } },
    },
  }),
  platformsSettings({
    computeEnv: {
      launcher: {
        trust: { principalArn: "arn:aws:iam::111122223333:role/platform" },
        externalId: "none",
      },
      storage: { kind: "claim", claimName: "my-claim" },
    },
  }),
].map((settings) => ({ settings, graph: graphOf(synthesize(settings)) }));

test("a compute environment of each storage needs what the registers say and no more", () => {
  for (const { settings, graph } of PIPELINES) {
    const failures = failuresOf(evaluate(graph));
    const found = reconcile(failures, coversOf(exceptions, settings));
    expect(found.missing.map(showFinding)).toEqual([]);
    expect(found.unused).toEqual([]);
    expect(uncovered(exposuresOf(graph), risks)).toEqual([]);
  }
});

test("options taken together, Wave Lite, and what exists, need what the register says and no more", () => {
  for (const settings of [
    currentSettings(OPTIONS),
    liteSettings(),
    existingExampleSettings(OTHER_OWNERS),
    companyVpcSettings(),
  ]) {
    const failures = failuresOf(evaluate(graphOf(synthesize(settings))));
    const found = reconcile(failures, coversOf(exceptions, settings));
    expect(found.missing.map(showFinding)).toEqual([]);
    expect(found.unused).toEqual([]);
  }
});

describe.each(environments)("$file", ({ settings, graph, exposures }) => {
  const covers = coversOf(exceptions, settings);
  const { missing, unused, used } = reconcile(
    failuresOf(evaluate(graph)),
    covers,
  );

  test("no rule fails outside the register", () => {
    expect(missing.map(showFinding)).toEqual([]);
  });

  test("the register has no entry that no failure needs", () => {
    expect(unused).toEqual([]);
  });

  test("at most 15 exceptions", () => {
    expect(used.length).toBeGreaterThan(0);
    expect(used.length).toBeLessThanOrEqual(15);
  });

  test("every hop without TLS, open door, foreign code and image is an accepted risk", () => {
    expect(exposures.length).toBeGreaterThan(0);
    expect(uncovered(exposures, risks)).toEqual([]);
  });
});

test("the classic line's open doors are derived, not only written down", () => {
  const [classic] = environments;
  const shown = classic?.exposures.map(({ what }) => what);
  expect(shown).toEqual(
    expect.arrayContaining([
      "POST /validate-creds connects to any registry",
      "pods of wave-build/wave-build-sa hold an AWS role",
      "namespace wave-build of wave takes baseline pods",
      "roles without a permissions boundary",
      "those that chart aws-efs-csi-driver names",
      "load balancer to wave/wave: http",
      "wave/wave-cfg to surrealv1: http",
    ]),
  );
});

test("every rule is kept by a resource of ours, or by a sample", () => {
  const kept = new Set(
    environments
      .flatMap(({ graph }) => evaluate(graph))
      .filter(({ passed }) => passed)
      .map(({ rule }) => rule.id),
  );
  const never = rules
    .map(({ id }) => id)
    .filter((id) => !kept.has(id) && passing[id] === undefined);
  expect(never).toEqual(FORBIDDEN_TYPES);
});

test("no accepted risk stands for nothing", () => {
  const prefect = emgSettings({ emg: { podSecurity: "baseline" } });
  const graphs = [...environments, ...PIPELINES].map(({ graph }) => graph);
  const all = [...graphs, graphOf(synthesize(prefect))].flatMap(exposuresOf);
  expect(idle(all, risks)).toEqual([]);
});

test("no entry of a register has expired", () => {
  expect(expiredOn(today, exceptions)).toEqual([]);
  expect(expiredOn(today, risks)).toEqual([]);
});

test("an entry expires on its day, and not before", () => {
  const [entry] = exceptions;
  if (entry === undefined) throw new Error("no exceptions");
  const after = { ...entry, expires: "2030-01-02" };
  expect(expiredOn("2030-01-01", [after])).toEqual([]);
  expect(expiredOn("2030-01-02", [after])).toEqual([entry.id]);
});

test("an entry is missed when it is gone, and unused when its failure is gone", () => {
  const [classic] = environments;
  if (classic === undefined) throw new Error("no example");
  const failures = failuresOf(evaluate(classic.graph));
  const covers = coversOf(exceptions, classic.settings);
  const without = covers.filter(({ id }) => id !== "EXC-16");
  expect(
    reconcile(failures, without).missing.map(({ rule }) => rule.id),
  ).toEqual(["elasticache/no-secret-in-state"]);
  const fixed = failures.filter(
    ({ rule }) => rule.id !== "elasticache/no-secret-in-state",
  );
  expect(reconcile(fixed, covers).unused.map(({ id }) => id)).toEqual([
    "EXC-16",
  ]);
});

test("an accepted risk is missed when its line is gone", () => {
  const [classic] = environments;
  const others = risks.filter(({ id }) => id !== "RISK-09");
  expect(uncovered(classic?.exposures ?? [], others)).toEqual([
    "open: POST /validate-creds connects to any registry",
    "open: pulls and inspections connect to any registry",
  ]);
});

test("every entry names rules that exist, ids stand once, and operators' fields are empty", () => {
  const ids = rules.map(({ id }) => id);
  const unknown = exceptions
    .flatMap(({ covers }) => covers.flatMap((cover) => cover.rules))
    .filter((rule) => !ids.includes(rule) && !isScanners(rule));
  expect(unknown).toEqual([]);
  const all = [...exceptions, ...risks];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { owner, approver, approved } of all)
    expect([owner, approver, approved]).toEqual(["", "", ""]);
});

test("checkov's names of an entry are checks that it names, or those of its rules", () => {
  const wrong = exceptions.flatMap(({ id, scanners, covers }) => {
    const broken = covers.flatMap((cover) => cover.rules);
    const externalIds = rules
      .filter((rule) => broken.includes(rule.id))
      .flatMap((rule) => rule.externalIds);
    return scanners
      .filter(isScanners)
      .filter((name) => ![...broken, ...externalIds].includes(name))
      .map((name) => `${id} ${name}`);
  });
  expect(wrong).toEqual([]);
});

test("EXC-01: entries come and go with their settings", () => {
  const settings = exampleSettings({
    cluster: {
      version: "1.35",
      endpoint: {
        public: false,
        publicCidrs: [],
        privateCidrs: ["10.8.0.0/16"],
      },
      logRetentionDays: 90,
    },
    network: { flowLogRetentionDays: 90 },
    data: { redis: { auth: true } },
    wave: { hardening: { readOnlyRootFilesystem: false } },
  });
  const covers = coversOf(exceptions, settings);
  const { missing, unused } = reconcile(
    failuresOf(evaluate(graphOf(synthesize(settings)))),
    covers,
  );
  const applied = covers.map(({ id }) => id);
  expect(missing.map(showFinding)).toEqual([]);
  expect(unused).toEqual([]);
  for (const come of ["EXC-11", "EXC-13", "EXC-16"])
    expect(applied).toContain(come);
  for (const gone of ["EXC-01", "EXC-14", "EXC-15"])
    expect(applied).not.toContain(gone);
});

describe("every control names what fails when it stops being true, or says that nothing does", () => {
  const names = new Set(rules.map(({ id }) => id));
  const isThere = (proof: string): boolean =>
    proof.startsWith("not proved: ") ||
    /^CKV\d?_[A-Z]+_\d+$/.test(proof) ||
    names.has(proof) ||
    (proof.startsWith("__tests__/") && existsSync(projectFile(proof)));

  test.each(
    [...exceptions, ...risks].map((entry) => [entry.id, entry] as const),
  )("%s", (_, { proof }) => {
    expect(proof.filter((one) => !isThere(one))).toEqual([]);
  });
});
