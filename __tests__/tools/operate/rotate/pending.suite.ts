import { pendingProblems } from "../../../../tools/operate/rotate/pending";

const change = (action: string, addr: string): string =>
  JSON.stringify({
    type: "planned_change",
    change: { action, resource: { addr } },
  });

const problems = (...lines: readonly string[]) =>
  pendingProblems(lines, "data", {
    environment: "prod",
    outdir: "/out",
  });

test("a plan without changes keeps nothing from being deployed", () => {
  expect(
    problems(
      "",
      JSON.stringify({ type: "version", "@message": "Terraform 1.11.4" }),
      JSON.stringify({
        type: "resource_drift",
        change: { action: "update", resource: { addr: "a.b" } },
      }),
      JSON.stringify({ type: "change_summary", changes: { add: 0 } }),
    ),
  ).toEqual([]);
});

test("what waits is named, five of it", () => {
  const [found] = problems(
    ...["a", "b", "c", "d", "e", "f"].map((name) =>
      change("create", `x.${name}`),
    ),
  );
  expect(found?.given).toBe(
    "6 changes wait: create x.a, create x.b, create x.c, create x.d, create x.e, and 1 more",
  );
  expect(found?.fix).toContain("wave-eks deploy prod");
});

test("a lock is said as every command says it, with the command that takes it away", () => {
  const [found] = problems(
    JSON.stringify({
      type: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "Error acquiring the state lock",
        detail: [
          "Error message: operation error S3: PutObject",
          "Lock Info:",
          "  ID:        1234",
          "  Path:      wave/prod/data.tfstate",
          "  Operation: OperationTypePlan",
          "  Who:       ann@host",
          "  Version:   1.11.4",
          "  Created:   2026-11-27 10:15:01.123456 +0000 UTC",
        ].join("\n"),
      },
    }),
  );
  expect(found?.given).toMatch(
    /^The state of data is locked by ann@host since 2026-11-27 10:15:01 UTC \(plan\): .*`terraform -chdir=\S+\/stacks\/data force-unlock 1234`\.$/,
  );
  expect(found?.fix).toBe("repeat it afterwards");
});

test("another error is said in Terraform's words", () => {
  const [found] = problems(
    JSON.stringify({
      type: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "Invalid index",
        detail: "The list\n  is empty.",
      },
    }),
  );
  expect(found?.given).toBe("Invalid index: The list is empty.");
});
