import { readAcceptedRisks } from "../../../../tools/audit/accepted-risks";
import { exposuresOf } from "../../../../tools/audit/exposures";
import { graphOf } from "../../../../tools/audit/graph";
import { imagesOf } from "../../../../tools/versions/images";
import { NOBODY, risksTable } from "../../../../tools/audit/report/registers";
import {
  imagesTable,
  versionsTable,
} from "../../../../tools/audit/report/versions";
import { synthesize } from "../../../../tools/audit/synthesized";
import { exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const DAY = "2026-11-29";
const selected = [{ subject: "Amazon EKS", version: "1.36", where: "here" }];

test.each([
  ["2027-08-02", "2027-08-02: ends in 0 days", 1],
  ["2027-08-03", "2027-08-02: ENDED 1 days ago", 1],
  ["2027-05-03", "2027-08-02", 0],
])("a version is judged on the day %s of the report", (day, shown, looks) => {
  const table = versionsTable(selected, day, graphOf({}));
  expect(rowsOf(table)[0]?.["Support ends"]).toBe(shown);
  expect(table.look).toHaveLength(looks);
});

test("an image that nothing pins has to be looked at", () => {
  const [first] = imagesOf(exampleSettings());
  if (first === undefined) throw new Error("no image");
  expect(
    imagesTable([{ ...first, pinned: true }], DAY).look?.join(),
  ).not.toMatch(/not pinned/);
  expect(imagesTable([{ ...first, pinned: false }], DAY).look?.join()).toMatch(
    /not pinned/,
  );
});

describe("accepted risks", () => {
  const exposures = exposuresOf(graphOf(synthesize(exampleSettings())));
  const [one, ...others] = readAcceptedRisks();
  if (one === undefined) throw new Error("no risk");
  const accepted = [one, ...others].map((risk) => ({
    ...risk,
    owner: "Ann",
    approver: "Ben",
    approved: "2026-11-01",
  }));

  test("what nobody has accepted says so in its row, and has to be looked at", () => {
    const table = risksTable(
      [{ ...one, approver: "" }, ...accepted.slice(1)],
      exposures,
      DAY,
    );
    expect(rowsOf(table)[0]).toMatchObject({ Id: one.id, Approver: NOBODY });
    expect(table.look).toEqual([`Nobody has accepted ${one.id}.`]);
    expect(risksTable(accepted, exposures, DAY).look).toEqual([]);
  });

  test("what ends within 90 days has to be looked at", () => {
    const soon = accepted.map((risk) =>
      risk.id === one.id ? { ...risk, expires: "2027-02-27" } : risk,
    );
    expect(risksTable(soon, exposures, DAY).look).toEqual([
      `Until 2027-02-27 these end: ${one.id}.`,
    ]);
    expect(risksTable(soon, exposures, "2026-11-28").look).toEqual([]);
  });

  test("what no entry accepts is named", () => {
    const without = accepted.filter(({ id }) => id !== one.id);
    expect(risksTable(without, exposures, DAY).look?.[0]).toMatch(
      /^No entry accepts hop: load balancer/,
    );
  });
});

test("what EKS chooses has to be looked at, until the settings choose", () => {
  const graph = (release?: string) =>
    graphOf({
      network: {
        resource: {
          aws_eks_node_group: { build: { release_version: release } },
        },
      },
    });
  const addOn = {
    subject: "EKS add-on coredns",
    version: "EKS's default for 1.36",
    where: "here",
  };
  expect(versionsTable([addOn], DAY, graph()).look).toEqual([
    "EKS chooses the versions of EKS add-on coredns, the node image of network/aws_eks_node_group.build.",
  ]);
  expect(versionsTable(selected, DAY, graph("1.36.0-20261101")).look).toEqual(
    [],
  );
  const database = graphOf({
    data: {
      resource: {
        aws_db_instance: { one: { auto_minor_version_upgrade: true } },
      },
    },
  });
  expect(versionsTable(selected, DAY, database).look).toEqual([
    "AWS chooses, and changes, the minor versions of data/aws_db_instance.one.",
  ]);
});

test("a program that logs in to the cluster is whatever is on the machine that deploys", () => {
  const exec = { command: "aws" };
  const graph = graphOf({
    workloads: {
      provider: {
        kubernetes: [{ exec: [exec] }],
        helm: [{ kubernetes: { exec } }],
      },
    },
  });
  expect(rowsOf(versionsTable([], DAY, graph))).toEqual([
    {
      What: "AWS CLI",
      Version: "not pinned here",
      "Support ends": "no date found",
      "Chosen in":
        "whoever deploys, on the machine that does\nrun by workloads/provider/kubernetes\nrun by workloads/provider/helm",
    },
  ]);
  const token = graphOf({
    workloads: { provider: { kubernetes: [{ token: "x" }] } },
  });
  expect(versionsTable([], DAY, token).rows).toEqual([]);
});
