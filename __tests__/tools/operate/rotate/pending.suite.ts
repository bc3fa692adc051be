import { pendingProblems } from "../../../../tools/operate/rotate/pending";

const change = (action: string, addr: string): string =>
  JSON.stringify({
    type: "planned_change",
    change: { action, resource: { addr } },
  });

const problems = (...lines: readonly string[]) =>
  pendingProblems(lines, "data", "prod");

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

test("a lock says who holds it, and how it is taken away", () => {
  const [found] = problems(
    JSON.stringify({
      type: "diagnostic",
      diagnostic: {
        severity: "error",
        summary: "Error acquiring the state lock",
        detail: "Lock Info:\n  ID:  1234\n  Who: ann@host\n  Created: today",
      },
    }),
  );
  expect(found?.given).toContain("ID: 1234 Who: ann@host");
  expect(found?.fix).toContain("force-unlock");
});
