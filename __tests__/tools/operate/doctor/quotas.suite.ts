import { type Answers, awsError, examinedBy } from "../../../support/fake-aws";
import {
  currentSettings,
  existingExampleSettings,
} from "../../../support/settings";
import { type Settings } from "../../../../modules/schema";
import { examine } from "../../../../tools/operate/doctor/check";
import { quotaChecks } from "../../../../tools/operate/doctor/quotas";
import { reportOf } from "../../../../tools/operate/doctor/report";

const settings = currentSettings();
// Three nodes of 8 at the start, six more while a group is updated: 72; seven at most: 56.
const START = 24;
const SURGE = 72;

const quota = (Value: number) => () => ({ Quota: { Value } });
const named = (prefix: string) => ({ Tags: [{ Key: "Name", Value: prefix }] });
const answers: Answers = {
  GetServiceQuota: quota(200),
  DescribeInstances: () => ({}),
  DescribeInstanceTypes: () => ({
    InstanceTypes: [
      { InstanceType: "m5a.2xlarge", VCpuInfo: { DefaultVCpus: 8 } },
      { InstanceType: "c5.large", VCpuInfo: { DefaultVCpus: 2 } },
    ],
  }),
  DescribeAddresses: () => ({}),
  DescribeVpcs: () => ({}),
  DescribeInternetGateways: () => ({}),
  DescribeNatGateways: () => ({}),
  DescribeSubnets: () => ({}),
};

const asked = async (change: Answers = {}, of: Settings = settings) =>
  reportOf(
    "prod",
    await examine(quotaChecks(examinedBy(of, { ...answers, ...change })), 1000),
  );

/** One quota is this, the others are large. */
const only = (code: string, value: number): Answers => ({
  GetServiceQuota: ({ QuotaCode }) => quota(QuotaCode === code ? value : 200)(),
});
const VCPU = "L-1216C47A";

const running = (InstanceType: string, fields: object = {}) => ({
  DescribeInstances: () => ({
    Reservations: [{ Instances: [{ InstanceType, ...fields }] }],
  }),
});

test("large quotas pass", async () => {
  const { findings, passed, notAsked } = await asked();
  expect([...findings, ...notAsked]).toEqual([]);
  expect(passed).toHaveLength(5);
});

test("vCPUs: the start stops, an update is to know", async () => {
  const [start] = (await asked(only(VCPU, START - 1))).findings;
  expect(start).toMatchObject({
    path: "cluster.nodeGroups",
    severity: "stops",
  });
  expect(start?.fix).toContain(`--desired-value ${START}`);
  const [surge] = (await asked(only(VCPU, SURGE - 1))).findings;
  expect(surge).toMatchObject({ severity: "know" });
  expect(surge?.fix).toContain(`--desired-value ${SURGE}`);
  expect((await asked(only(VCPU, SURGE))).findings).toEqual([]);
});

test("vCPUs of others count, those of this cluster's nodes are the need itself", async () => {
  const small = only(VCPU, SURGE);
  expect(
    (await asked({ ...small, ...running("c5.large") })).findings,
  ).toHaveLength(1);
  const ours = { Tags: [{ Key: "eks:cluster-name", Value: "wave-prod-eks" }] };
  expect(
    (await asked({ ...small, ...running("c5.large", ours) })).findings,
  ).toEqual([]);
});

test.each([["g5.xlarge"], ["inf1.xlarge"], ["hpc7a.12xlarge"]])(
  "%s counts to another quota",
  async (type) => {
    expect(
      (await asked({ ...only(VCPU, SURGE), ...running(type) })).findings,
    ).toEqual([]);
  },
);

test.each([
  ["L-0263D0A3", "network.natGateways", 2],
  ["L-F678F1CE", "network.kind", 0],
  ["L-A4707A72", "network.internet", 0],
  ["L-FE5A380F", "network.zones", 0],
])("%s, which has no room", async (code, path, value) => {
  const { findings } = await asked(only(code, value));
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ path, severity: "stops" });
});

test("what is this environment's already needs no more room", async () => {
  const three = [1, 2, 3].map(() => named("wave-prod-nat-a"));
  const full = only("L-0263D0A3", 3);
  expect(
    (await asked({ ...full, DescribeAddresses: () => ({ Addresses: three }) }))
      .findings,
  ).toEqual([]);
  expect(
    (
      await asked({
        ...full,
        DescribeAddresses: () => ({ Addresses: [named("wave-production")] }),
      })
    ).findings,
  ).toHaveLength(1);
});

test("a quota that the account never raised is AWS's", async () => {
  const { findings } = await asked({
    GetServiceQuota: () => {
      throw awsError("NoSuchResourceException");
    },
    GetAWSDefaultServiceQuota: quota(5),
  });
  expect(findings.map(({ path }) => path)).toEqual(["cluster.nodeGroups"]);
});

test("a VPC that exists needs none", async () => {
  const { passed, findings } = await asked({}, existingExampleSettings());
  expect(passed.length + findings.length).toBeLessThanOrEqual(1);
});
