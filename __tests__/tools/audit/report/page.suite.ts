import { instance } from "@viz-js/viz";
import { posix } from "node:path";
import {
  type Browser,
  type Element,
  axeFindings,
  openPage,
} from "../../../support/browser";
import {
  QUESTIONS,
  answerOf,
} from "../../../../tools/audit/report/page/questions";
import { currentSettings } from "../../../support/settings";
import { type Sample, auditSample } from "./audits";

let sample: Sample;
let pages: [string, string][];

beforeAll(async () => {
  const viz = await instance();
  sample = auditSample(currentSettings(), undefined, {
    draw: (dot) => viz.renderString(dot, { format: "svg" }),
  });
  pages = Object.entries(sample.files).filter(([name]) =>
    name.endsWith(".html"),
  );
});

const textOf = (name: string): string => sample.files[name] ?? "";

/** A page as a browser has it, its script run. */
const opened = (name: string): Browser =>
  openPage(textOf(name), textOf("page.js"));

const all = (root: Element, selector: string): Element[] => [
  ...root.querySelectorAll(selector),
];

/** Pages of tables, and one of a resource: what the others are made like. */
const differentPages = (): string[] => {
  const names = pages.map(([name]) => name);
  const resources = names.filter((name) => name.startsWith("resources/"));
  return [
    ...names.filter((name) => !resources.includes(name)),
    ...resources.filter((name) => name.includes("aws_s3_bucket_policy")),
  ];
};

test("each page loads style and script of its own folder and nothing else", () => {
  for (const [name, text] of pages) {
    const loaded = [
      ...text.matchAll(/<(?:script|link|img)\b[^>]*(?:src|href)="([^"]+)"/g),
    ].map(([, file = ""]) => posix.join(posix.dirname(name), file));
    expect(loaded.sort()).toEqual(["page.css", "page.js"]);
    expect(text).not.toMatch(/@import|url\(|<script>|\bon\w+="/);
  }
});

test("no link is dead, and no id stands twice", () => {
  const dead = pages.flatMap(([name, text]) => {
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect([name, ids.length]).toEqual([name, new Set(ids).size]);
    return [...text.matchAll(/<a href="([^"#]*)(?:#([^"]*))?"/g)]
      .filter(([, file = "", anchor]) => {
        const target =
          file === "" ? name : posix.join(posix.dirname(name), file);
        return (
          (target !== "MANIFEST" && sample.files[target] === undefined) ||
          (anchor !== undefined && !textOf(target).includes(` id="${anchor}"`))
        );
      })
      .map(([link]) => `${name}: ${link}`);
  });
  expect(dead).toEqual([]);
});

test("the first page asks the ten questions, and says what to look at and what is not proved", () => {
  const { document } = opened("index.html");
  expect(all(document, "h2").map((head) => head.textContent)).toEqual([
    ...["Look at", "Ten questions", "Not proved here", "Of what", "Files"],
  ]);
  expect(all(document, "ol.questions > li").length).toBe(10);
});

test("every row of every table is on a page", () => {
  for (const { id, rows } of sample.tables) {
    const [, text = ""] =
      pages.find(([, page]) =>
        page.includes(`<section class="table" id="${id}"`),
      ) ?? [];
    const [, section = ""] = text.split(`<section class="table" id="${id}"`);
    const bodies = section.split("</section>")[0]?.split("<tbody").length ?? 0;
    expect([id, bodies - 1]).toEqual([id, rows.length]);
  }
});

test("a rule, an exception and a resource are links to where they are explained", () => {
  const { document } = opened("register.html");
  const targets = all(document, "#exceptions-EXC-04 a").map((link) =>
    link.getAttribute("href"),
  );
  expect(targets).toContain("controls.html#rules-s3-object-lock");
  expect(targets.join()).toMatch(
    /resources\/data\/aws_s3_bucket\.[\w-]+\.html/,
  );
});

test("a resource is to be read: documents laid out, its rules as sentences, its neighbours as links", () => {
  const [name = ""] =
    pages.find(([page]) =>
      page.includes("resources/data/aws_s3_bucket_policy.buckets_logs"),
    ) ?? [];
  const { document } = opened(name);
  expect(document.querySelector("pre")?.textContent).toMatch(
    /policy:\n {2}Version: "?2012-10-17"?\n {2}Statement:\n {4}- /,
  );
  const facts = document.querySelector("dl")?.textContent;
  expect(facts).toMatch(/bucket-policies\/delivery: An AWS service may write/);
  expect(facts).toContain("modules/aws/s3/bucket.ts:");
  const neighbours = all(document, "dl a").map(
    ({ textContent }) => textContent,
  );
  expect(neighbours).toContain("data/buckets/logs/Default");
  const [config = ""] =
    pages.find(([, text]) => text.includes("<h1>workloads/wave-cfg<")) ?? [];
  expect(opened(config).document.querySelector("pre")?.textContent).toMatch(
    /config\.yml: \|-?\n {4}\w+/,
  );
});

describe("a table's script", () => {
  test("keeps the rows that have all words, and says how many", () => {
    const { document, Event } = opened("register.html");
    const input = document.querySelector("#exceptions input") as Element;
    input.value = "log bucket";
    input.dispatchEvent(new Event("input"));
    const rows = all(document, "#exceptions tbody");
    const shown = rows.filter(({ hidden }) => !hidden);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(rows.length);
    expect(
      document.querySelector("#exceptions .filter span")?.textContent,
    ).toBe(`${shown.length} of ${rows.length}`);
  });

  test("sorts by a column, and the other way round", () => {
    const { document } = opened("network.html");
    const button = all(document, "#network th button").find(
      ({ textContent }) => textContent === "Port",
    ) as Element;
    const at = all(document, "#network th").indexOf(
      button.closest("th") as Element,
    );
    const column = () =>
      all(document, "#network tbody tr:first-child").map(
        (row) => row.children[at]?.textContent ?? "",
      );
    const { compare } = new Intl.Collator("en", { numeric: true });
    button.click();
    expect(column()).toEqual(column().sort(compare));
    expect(button.closest("th")?.getAttribute("aria-sort")).toBe("ascending");
    button.click();
    expect(column()).toEqual(column().sort((a, b) => compare(b, a)));
  });
});

test("pictures say what they show, and lose none of their words", () => {
  const picture = opened("secrets.html").document.querySelector("figure svg");
  expect(picture?.getAttribute("aria-label")).toBe(
    "Secrets: a picture of the table below",
  );
  for (const { Secret = "" } of sample.rows("secrets"))
    expect(picture?.textContent).toContain(Secret);
});

test("axe finds nothing wrong with any kind of page", async () => {
  for (const name of differentPages()) {
    const browser = opened(name);
    // Rows are made alike: some of each table are enough, and a second instead of fifteen.
    for (const row of all(browser.document, "tbody:nth-of-type(n + 4)"))
      row.remove();
    expect([name, await axeFindings(browser)]).toEqual([name, []]);
  }
}, 60_000);

test("a question about what is not here is answered so, and not by what its tables say of other things", () => {
  const [images] = QUESTIONS;
  if (images === undefined) throw new Error("no question");
  const table = (sentence: string) => ({
    id: "secrets",
    title: "",
    note: "",
    columns: [],
    rows: [],
    summary: [sentence],
  });
  expect(answerOf(images, [table("a-password: pods.")])).toEqual([
    "No repository for images is made here.",
  ]);
  expect(answerOf(images, [table("login to ECR: pods.")])).toEqual([
    "login to ECR: pods.",
  ]);
  expect(answerOf(images, [])).toEqual([]);
});
