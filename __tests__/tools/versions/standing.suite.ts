import { type Product, UNDATED } from "../../../modules/core/versions/product";
import {
  type Selected,
  judgeSupport,
  pastSupport,
} from "../../../tools/versions/standing";

const TABLE: readonly Product[] = [
  {
    subject: "engine",
    usedFor: "tests",
    source: "a page",
    read: "2030-01-01",
    ends: {
      "1": "2030-12-31",
      "1.5": "2031-12-31",
      "2": UNDATED,
      "3": UNDATED,
    },
    kept: {
      "3": { why: "Nothing else speaks its language.", exit: "learn another" },
    },
  },
  {
    subject: "classes",
    usedFor: "tests",
    source: "a page",
    read: "2030-01-01",
    ends: { "*": "2029-12-31" },
    kept: { "*": { why: "Generated.", exit: "generate them again" } },
    synthOnly: true,
  },
  {
    subject: "builder",
    usedFor: "tests",
    source: "a page",
    read: "2030-01-01",
    ends: { "1": "2029-12-01" },
    kept: { "1": { why: "Nobody else builds.", exit: "a newer line" } },
  },
];

const engine = (version: string, where = "a file"): Selected => ({
  subject: "engine",
  version,
  where,
});

/** What is said of engine 1.0, whose support ends on 2030-12-31. */
const on = (today: string) => judgeSupport([engine("1.0")], today, TABLE)[0];

test.each([
  ["91 days before", "2030-10-01", "fine", "in 91 days"],
  ["90 days before", "2030-10-02", "warning", "in 90 days"],
  ["89 days before", "2030-10-03", "warning", "in 89 days"],
  ["31 days before", "2030-11-30", "warning", "in 31 days"],
  ["30 days before", "2030-12-01", "failing", "in 30 days"],
  ["29 days before", "2030-12-02", "failing", "in 29 days"],
  ["on the last day", "2030-12-31", "failing", "in 0 days"],
  ["on the day after", "2031-01-01", "failing", "ended on 2030-12-31, 1 days"],
])("%s", (_when, today, kind, words) => {
  expect(on(today)).toMatchObject({
    kind,
    text: expect.stringContaining(words) as string,
  });
});

test("a day that is none is refused", () => {
  expect(() => on("tomorrow")).toThrow(
    /written like 2026-11-21; got "tomorrow"/,
  );
});

test("what is kept on purpose is reported with its reason, and never fails", () => {
  const [standing] = judgeSupport([engine("3.1")], "2040-01-01", TABLE);
  expect(standing).toMatchObject({
    kind: "kept",
    text: `engine 3.1: ${UNDATED}. Nothing else speaks its language. To end it: learn another. (a file)`,
  });
});

test("what has no date is not taken for what has no entry", () => {
  const standings = judgeSupport(
    [
      engine("2.0"),
      engine("4.0"),
      { subject: "other", version: "1", where: "a file" },
    ],
    "2030-01-01",
    TABLE,
  );
  expect(standings.map(({ kind }) => kind)).toEqual([
    "undated",
    "unlisted",
    "unlisted",
  ]);
});

test("a version is reported once, with every place that chooses it", () => {
  const standings = judgeSupport(
    [engine("2.0", "one"), engine("2.0", "two"), engine("2.0", "two")],
    "2030-01-01",
    TABLE,
  );
  expect(standings.map(({ where }) => where)).toEqual([["one", "two"]]);
});

const builder: Selected = { ...engine("1.2"), subject: "builder" };
const classes: Selected = { ...engine("7.0"), subject: "classes" };

test.each([
  ["2029-12-01", "kept", undefined, "ends on 2029-12-01, in 0 days"],
  ["2029-12-02", "past", 1, "1 days past its support"],
  ["2030-12-01", "past", 365, "365 days past its support"],
])(
  "what is kept counts its days on %s, and says what ends it",
  (today, kind, daysPast, words) => {
    const [standing] = judgeSupport([builder], today, TABLE);
    expect(standing?.kind).toBe(kind);
    expect(standing?.daysPast).toBe(daysPast);
    expect(standing?.text).toContain(words);
    expect(standing?.text).toContain("To end it: a newer line.");
  },
);

test("the sum counts what runs apart from what only a synth runs", () => {
  const sum = (...selected: Selected[]) =>
    pastSupport("here", judgeSupport(selected, "2030-01-01", TABLE));
  expect(sum(engine("1.0"), builder, classes)).toBe(
    "here: 1 past support of what runs (builder 1.2 31 days); 1 of what only a synth runs (classes 7.0 1 days)",
  );
  expect(sum(engine("1.0"), classes)).toBe(
    "here: 0 past support of what runs; 1 of what only a synth runs (classes 7.0 1 days)",
  );
  expect(sum(engine("1.0"))).toBe("here: 0 past support of what runs");
});
