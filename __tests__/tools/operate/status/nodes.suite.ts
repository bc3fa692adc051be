import { imageRow, nodeRows } from "../../../../tools/operate/status/nodes";
import { certificateRows } from "../../../../tools/operate/status/certificates";
import { alarmRows } from "../../../../tools/operate/status/alarms";
import { rowsOf } from "../../../../tools/operate/status/pods";
import { changedIn } from "../../../../tools/operate/status/drift";
import { currentSettings } from "../../../support/settings";
import { answering, hoursAgo, now, state } from "../../../support/status";

describe("node images", () => {
  test.each([
    ["1.36.0-20261120", "1.36.0-20261120", "fine"],
    ["1.36.0-20261101", "1.36.0-20261120", "know"],
    ["1.36.0-20260101", "1.36.0-20261120", "wrong"],
    // The newest there is cannot be too old.
    ["1.36.0-20260101", "1.36.0-20260101", "fine"],
    ["1.36.0-20261120", undefined, "fine"],
  ])("%s with %s there: %s", (release, newest, standing) => {
    expect(imageRow("node group a", release, newest, now)).toMatchObject({
      standing,
    });
  });

  test("a group that is ill is wrong, whatever its image", async () => {
    const rows = await nodeRows(
      [
        state("network", {
          aws_eks_node_group: [{ cluster_name: "c", node_group_name: "build" }],
        }),
      ],
      answering({
        DescribeNodegroup: {
          nodegroup: {
            status: "DEGRADED",
            releaseVersion: "1.36.0-20261120",
            health: {
              issues: [
                { code: "AsgInstanceLaunchFailures", message: "no capacity" },
              ],
            },
          },
        },
      }),
      now,
    );
    expect(
      rows
        .filter(({ standing }) => standing === "wrong")
        .map(({ found }) => found),
    ).toEqual(["is DEGRADED", "AsgInstanceLaunchFailures: no capacity"]);
  });
});

test("a certificate that ends soon, or is not issued, is wrong", async () => {
  const states = [
    state("identity", { aws_acm_certificate: [{ arn: "arn:1" }] }),
  ];
  const ask = (Certificate: object) =>
    certificateRows(
      states,
      { dns: {} } as never,
      answering({ DescribeCertificate: { Certificate } }),
      now,
    );
  const issued = { Status: "ISSUED", DomainName: "wave.acme.io" };
  const inDays = (days: number) => hoursAgo(-24 * days);
  expect(await ask({ ...issued, NotAfter: inDays(200) })).toMatchObject([
    { standing: "fine" },
  ]);
  expect(await ask({ ...issued, NotAfter: inDays(12) })).toEqual([
    {
      what: "certificate wave.acme.io",
      found: "ends 2026-12-11, in 12 days",
      standing: "wrong",
    },
  ]);
  expect(await ask({ Status: "PENDING_VALIDATION" })).toMatchObject([
    { standing: "wrong" },
  ]);
});

test("alarms that ring are named, and none at all is worth knowing", async () => {
  const ask = (MetricAlarms: object[]) =>
    alarmRows(
      currentSettings(),
      answering({ DescribeAlarms: { MetricAlarms } }),
    );
  expect(await ask([])).toMatchObject([{ standing: "know" }]);
  expect(await ask([{ AlarmName: "a", StateValue: "OK" }])).toMatchObject([
    { standing: "fine" },
  ]);
  expect(
    await ask([
      { AlarmName: "a", StateValue: "OK" },
      { AlarmName: "b", StateValue: "ALARM", StateReason: "5 > 1" },
    ]),
  ).toEqual([{ what: "alarm b", found: "5 > 1", standing: "wrong" }]);
});

test("pods that are late or failed are named, and failed builds for a day", () => {
  const pod = (
    phase: string,
    minutes: number,
    ready = false,
    reason?: string,
  ) => ({
    metadata: {
      name: `${phase}-${minutes}`,
      creationTimestamp: hoursAgo(minutes / 60).toISOString(),
    },
    status: {
      phase,
      reason,
      conditions: [{ type: "Ready", status: ready ? "True" : "False" }],
    },
  });
  const names = (builds: boolean, ...pods: ReturnType<typeof pod>[]) =>
    rowsOf("ns", pods, builds, now).filter(
      ({ standing }) => standing === "wrong",
    );
  expect(
    names(
      false,
      pod("Running", 600, true),
      pod("Succeeded", 600),
      pod("Pending", 5),
    ),
  ).toEqual([]);
  expect(names(false, pod("Pending", 30, false, "Unschedulable"))).toEqual([
    {
      what: "pod ns/Pending-30",
      found: "not ready: Pending (Unschedulable)",
      standing: "wrong",
    },
  ]);
  expect(names(true, pod("Failed", 60), pod("Failed", 60 * 30))).toMatchObject([
    { what: "build ns/Failed-60" },
  ]);
  expect(names(false, pod("Failed", 60 * 30))).toHaveLength(1);
});

test("drift is read from what Terraform says of each object", () => {
  expect(
    changedIn([
      "aws_vpc.vpc: Refreshing state... [id=vpc-1]",
      "  # data.aws_lb.wave will be read during apply",
      "  # aws_eks_node_group.build will be updated in-place",
      "  # aws_security_group.efs will be created",
      '      ~ tags = { "a" = "b" } # will be kept',
    ]),
  ).toEqual([
    "aws_eks_node_group.build will be updated in-place",
    "aws_security_group.efs will be created",
  ]);
});
