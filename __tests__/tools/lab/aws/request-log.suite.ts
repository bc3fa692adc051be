import {
  type LogEntry,
  deleteCalls,
  unimplemented,
} from "../../../../tools/lab/aws/request-log";

const entry = (change: Partial<LogEntry>): LogEntry => ({
  time: "2026-01-01T00:00:00.000Z",
  service: "s3",
  operation: "GET /bucket",
  method: "GET",
  status: 200,
  by: "moto",
  request: "/bucket",
  ...change,
});

test("delete calls are found by method and by name", () => {
  const deletes = [
    entry({ method: "DELETE", operation: "DELETE /bucket" }),
    entry({ service: "kms", method: "POST", operation: "ScheduleKeyDeletion" }),
    entry({
      service: "ec2",
      method: "POST",
      operation: "RevokeSecurityGroupEgress",
    }),
    entry({ service: "iam", method: "POST", operation: "DetachRolePolicy" }),
  ];
  const others = [
    entry({}),
    entry({ service: "ec2", method: "POST", operation: "DescribeVpcs" }),
  ];
  expect(deleteCalls([...others, ...deletes])).toEqual(deletes);
});

test("the state's lock file is no delete call, the state itself is one", () => {
  const remove = (request: string) => entry({ method: "DELETE", request });
  expect(
    deleteCalls([
      remove("/state/wave/prod/network.tfstate.tflock?x-id=DeleteObject"),
      remove("/state/wave/prod/network.tfstate"),
    ]).map(({ request }) => request),
  ).toEqual(["/state/wave/prod/network.tfstate"]);
});

test("unimplemented operations are listed once; refusals and absences are none", () => {
  expect(
    unimplemented([
      entry({ operation: "A", status: 501 }),
      entry({ operation: "A", status: 501 }),
      entry({ operation: "B", status: 404, error: "<!doctype html>" }),
      entry({ operation: "C", status: 404, error: "NoSuchBucketPolicy" }),
      entry({ operation: "D", status: 409, by: "lab", error: "in use" }),
    ]),
  ).toEqual(["s3 A (501)", "s3 B (404)"]);
});
