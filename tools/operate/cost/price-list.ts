import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { projectFile } from "../../../modules/lib/project-file";

/** What a price has in place of a source when nobody read it on a page. */
export const UNVERIFIED = "unverified";

/** Region of a price that holds wherever no other one is given. */
const EVERYWHERE = "everywhere";

const priceSchema = z.tuple([z.number().positive(), z.string()]);

const listSchema = z.strictObject({
  sources: z.record(
    z.string(),
    z.strictObject({
      page: z.url(),
      read: z.iso.date(),
      what: z.string(),
    }),
  ),
  prices: z.record(
    z.string(),
    z.object({ unit: z.string() }).catchall(priceSchema),
  ),
});

/** Where a price was read. */
export interface PriceSource {
  /** Address of a public document. */
  readonly page: string;
  /** Day on which it was read, such as 2026-11-29. */
  readonly read: string;
  /** What it says, about where and when. */
  readonly what: string;
}

/** Price of one thing in one region. */
export interface Price {
  /** US dollars. */
  readonly amount: number;
  /** Such as `hour`, or `GB-month`. */
  readonly unit: string;
  /** Name of its source, or `unverified`. */
  readonly source: string;
}

/** `prices.yaml`: every price with its source. */
export interface PriceList {
  readonly sources: Readonly<Record<string, PriceSource>>;
  readonly prices: Readonly<
    Record<string, Readonly<Record<string, string | [number, string]>>>
  >;
}

/** Reads the price list that comes with this project, or another of its form. @throws an error of zod about its form. */
export const readPriceList = (
  text = readFileSync(projectFile("tools/operate/cost/prices.yaml"), "utf8"),
): PriceList =>
  // YAML 1.2 has no dates: the day stays a text.
  listSchema.parse(parse(text));

/** What `key`, such as `ec2.m5a.large`, costs in a region. Undefined: the list does not say. */
export function priceOf(
  list: PriceList,
  key: string,
  region: string,
): Price | undefined {
  const entry = list.prices[key];
  const price = entry?.[region] ?? entry?.[EVERYWHERE];
  if (!Array.isArray(price) || typeof entry?.unit !== "string")
    return undefined;
  const [amount, source] = price;
  return { amount, unit: entry.unit, source };
}
