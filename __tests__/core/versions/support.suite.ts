import { existsSync } from "node:fs";
import { endOf, lineOf, linesOf } from "../../../modules/core/versions/support";
import {
  EVERY,
  UNDATED,
  undated,
} from "../../../modules/core/versions/product";
import { PRODUCTS } from "../../../modules/core/versions/support-table";
import { projectFile } from "../../../modules/lib/project-file";

const ENDS = { "1": "2030-12-31", "1.5": "2031-12-31" };

test.each([
  ["1", "1"],
  ["1.4.9", "1"],
  ["1.5", "1.5"],
  ["v1.5.2", "1.5"],
  ["1.50", "1"],
  ["10.0", undefined],
])("version %s belongs to line %s", (version, line) => {
  const product = { ...undated("engine", "", ""), ends: ENDS };
  expect(lineOf(product, version)).toBe(line);
});

test("the settings take the dates of Kubernetes from the table", () => {
  expect(linesOf("Amazon EKS")).toEqual(["1.34", "1.35", "1.36"]);
  expect(endOf("Amazon EKS", "1.36")).toBe("2027-08-02");
  expect(endOf("Amazon EKS", "1.99")).toBeUndefined();
});

describe("the table", () => {
  test("has each thing once", () => {
    const subjects = PRODUCTS.map(({ subject }) => subject);
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
          ([line, { why, exit }]) =>
            ends[line] === undefined || why.length < 20 || exit.length < 10,
        ),
    );
    expect(wrong).toEqual([]);
  });

  test("names no page that is not there", () => {
    const pages = PRODUCTS.flatMap(({ kept = {} }) =>
      Object.values(kept).flatMap(
        ({ exit }) => exit.match(/docs\/\S+\.md/g) ?? [],
      ),
    );
    expect(pages).not.toHaveLength(0);
    expect(pages.filter((page) => !existsSync(projectFile(page)))).toEqual([]);
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
