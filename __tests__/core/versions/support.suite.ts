import {
  type Selected,
  endOf,
  judgeSupport,
  lineOf,
  linesOf,
} from "../../../modules/core/versions/support";
import {
  EVERY,
  type Product,
  UNDATED,
} from "../../../modules/core/versions/product";
import { PRODUCTS } from "../../../modules/core/versions/support-table";

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
    kept: { "3": "Nothing else speaks its language." },
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
    text: `engine 3.1: ${UNDATED}. Nothing else speaks its language. (a file)`,
  });
});

test("what has no date is not taken for what has no entry", () => {
  const kinds = judgeSupport(
    [
      engine("2.0"),
      engine("4.0"),
      { subject: "other", version: "1", where: "a file" },
    ],
    "2030-01-01",
    TABLE,
  ).map(({ kind }) => kind);
  expect(kinds).toEqual(["undated", "unlisted", "unlisted"]);
});

test("a version is reported once, with every place that chooses it", () => {
  const standings = judgeSupport(
    [engine("2.0", "one"), engine("2.0", "two"), engine("2.0", "two")],
    "2030-01-01",
    TABLE,
  );
  expect(standings.map(({ where }) => where)).toEqual([["one", "two"]]);
});

test.each([
  ["1", "1"],
  ["1.4.9", "1"],
  ["1.5", "1.5"],
  ["v1.5.2", "1.5"],
  ["1.50", "1"],
  ["10.0", undefined],
])("version %s belongs to line %s", (version, line) => {
  const [product] = TABLE;
  expect(product && lineOf(product, version)).toBe(line);
});

test("the settings take the dates of Kubernetes from the table", () => {
  expect(linesOf("Amazon EKS")).toEqual(["1.34", "1.35", "1.36"]);
  expect(endOf("Amazon EKS", "1.36")).toBe("2027-08-02");
  expect(endOf("Amazon EKS", "1.99")).toBeUndefined();
});

describe("the table", () => {
  test("has each thing once", () => {
    const subjects = PRODUCTS.map(({ subject }) => subject);
    expect(subjects.length).toBeGreaterThan(50);
    expect([...new Set(subjects)]).toEqual(subjects);
  });

  test("has a use, a source and days that exist, for each", () => {
    const isDay = (day: string) =>
      /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
    const wrong = PRODUCTS.filter(
      ({ usedFor, source, read, ends, kept = {} }) =>
        usedFor === "" ||
        source.length < 8 ||
        !isDay(read) ||
        Object.keys(ends).length === 0 ||
        Object.values(ends).some((end) => end !== UNDATED && !isDay(end)) ||
        Object.entries(kept).some(
          ([line, reason]) => ends[line] === undefined || reason.length < 20,
        ),
    );
    expect(wrong).toEqual([]);
  });

  test("names what ended by decision", () => {
    const kept = PRODUCTS.flatMap(({ subject, kept = {} }) =>
      Object.keys(kept).map((line) =>
        line === EVERY ? subject : `${subject} ${line}`,
      ),
    );
    expect(kept).toEqual(
      expect.arrayContaining(["cdktf", "Kaniko", "SurrealDB 1.5"]),
    );
  });
});
