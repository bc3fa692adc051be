import { type AwsAccess } from "../../../../tools/operate/aws/clients";
import { stackRows } from "../../../../tools/operate/status/stacks";
import { stateOf } from "../../../../tools/operate/status/states";
import { versionRows } from "../../../../tools/operate/status/versions";
import { openTarget } from "../../../../tools/operate/target";
import { currentSettings, platformsSettings } from "../../../support/settings";
import { answering, now, state } from "../../../support/status";

describe("stacks", () => {
  const stacks = ["network", "data", "identity", "workloads"];
  const vpc = state("network", { aws_vpc: [{ id: "vpc-1" }] });

  test("that were never deployed are no fault; beside one that stands they are", () => {
    const never = stackRows(stacks, [], currentSettings());
    expect(never.map(({ standing }) => standing)).toEqual(
      Array(4).fill("know"),
    );
    const half = stackRows(stacks, [vpc, state("data")], currentSettings());
    expect(half.map(({ found, standing }) => [found, standing])).toEqual([
      ["1 resource, serial 7, changed 2026-11-20", "fine"],
      ["nothing stands", "wrong"],
      ["never deployed", "wrong"],
      ["never deployed", "wrong"],
    ]);
  });

  test("without Wave data has nothing in it", () => {
    const [, data] = stackRows(stacks, [vpc], platformsSettings());
    expect(data).toMatchObject({ standing: "fine" });
  });

  test("the state of a bucket is read where nobody wrote one yet too", async () => {
    const target = openTarget("example-current", {});
    const body = {
      serial: 3,
      resources: [
        {
          mode: "managed",
          type: "aws_vpc",
          name: "vpc",
          instances: [{ attributes: { id: "vpc-1" } }],
        },
        { mode: "data", type: "aws_region", name: "here", instances: [{}] },
      ],
    };
    const found = await stateOf(
      target,
      "network",
      answering({
        GetObject: {
          Body: {
            transformToString: () => Promise.resolve(JSON.stringify(body)),
          },
          LastModified: now,
        },
      }),
    );
    expect(found).toMatchObject({ serial: 3, changed: now });
    expect(found?.resources.map(({ type }) => type)).toEqual(["aws_vpc"]);
    const client = {
      send: () =>
        Promise.reject(Object.assign(new Error("no"), { name: "NoSuchKey" })),
    };
    const none = await stateOf(target, "data", {
      client: (() => client) as AwsAccess["client"],
    });
    expect(none).toBeUndefined();
  });
});

describe("versions", () => {
  const running = state("network", {
    aws_eks_cluster: [{ version: "1.35" }],
    aws_eks_addon: [
      { addon_name: "coredns", addon_version: "v1.12.4-eksbuild.1" },
    ],
    helm_release: [
      {
        chart: "aws-load-balancer-controller",
        version: "3.5.0",
        repository: "https://aws.github.io/eks-charts",
      },
      { chart: "/charts/local", version: "0.1.0", repository: "" },
    ],
  });
  const cluster = (day: string) =>
    versionRows([running], currentSettings(), new Date(day)).find(({ what }) =>
      what.startsWith("Amazon EKS"),
    );

  test("are those that run, not those of the settings, against the table of support", () => {
    const rows = versionRows([running], currentSettings(), now);
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "Amazon EKS 1.35",
        "EKS add-on coredns v1.12.4-eksbuild.1",
        "chart aws-load-balancer-controller 3.5.0",
      ]),
    );
    expect(rows.map(({ what }) => what).join()).not.toContain("local");
  });

  test("an end is known before, and wrong after", () => {
    expect(cluster("2026-06-01")).toMatchObject({ standing: "fine" });
    expect(cluster("2027-03-01")).toMatchObject({ standing: "know" });
    expect(cluster("2027-04-01")).toMatchObject({
      standing: "wrong",
      found: "standard support ended on 2027-03-27, 5 days ago",
    });
  });
});
