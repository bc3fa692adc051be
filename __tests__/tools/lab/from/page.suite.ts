import { upgradePage } from "../../../../tools/lab/from/page";

const page = upgradePage("1.2.3", {
  from: { id: "a".repeat(40), ref: "v1", date: "2026-01-02" },
  to: "b".repeat(40),
  run: {
    date: "2026-03-04",
    passed: 7,
    skipped: 1,
    seconds: 60,
    notices: [
      "AWS provider 5 stands in for 6",
      "hashicorp/helm provider 3 of /home/me/mirror",
      "lite: workloads is deployed",
      "classic: v1 itself finds something",
    ],
    stacks: [],
  },
  lines: [
    {
      line: "classic",
      version: "1.3.3",
      refused: ["wave.key", "    given    nothing"],
      added: "wave:\n  key: true\n",
      notices: ["Note: say."],
      stacks: [
        {
          stack: "data",
          kept: 9,
          groups: [
            {
              kind: "replaced",
              type: "aws_eip",
              attributes: ["domain"],
              addresses: ["aws_eip.a", "aws_eip.b"],
            },
            {
              kind: "changed",
              type: "aws_vpc",
              attributes: ["tags"],
              addresses: ["aws_vpc.a"],
            },
          ],
        },
        {
          stack: "workloads",
          kept: 0,
          groups: [],
          waited: "Error: │ keys The stack data waits. Deploy data.",
        },
      ],
    },
  ],
});

test("what is replaced is named with its address, what changes is counted", () => {
  expect(page).toContain(
    "| replaced | 2 | `aws_eip` | `aws_eip.a`, `aws_eip.b`, for `domain` |",
  );
  expect(page).toContain("| changed in place | 1 | `aws_vpc` | `tags` |");
  expect(page).toContain("| `data` | 0 | 2 | 1 | 0 | 9 |");
});

test("a stack without changes has a row and no table of its own", () => {
  expect(page).toContain("| `workloads` | 0 | 0 | 0 | 0 | 0 |");
  expect(page).not.toContain("### classic: workloads");
});

test("commits, programs, settings and what has to wait are said", () => {
  for (const part of [
    "`aaaaaaaa` (2026-01-02)",
    "`bbbbbbbb`",
    "- AWS provider 5 stands in for 6",
    "       given    nothing",
    "   wave:\n     key: true",
    "   Note: say.",
    "- classic, `workloads`: The stack data waits. Deploy data.\n",
    "- hashicorp/helm provider 3\n- classic: v1 itself finds something\n",
  ])
    expect(page).toContain(part);
});
