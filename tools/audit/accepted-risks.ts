import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { projectFile } from "../../modules/lib/project-file";
import { type Exposure } from "./exposures";

const text = z.string().min(1);
const date = z.iso.date();

const riskSchema = z.strictObject({
  id: z.string().regex(/^RISK-\d\d$/),
  covers: z.array(text).min(1),
  what: text,
  reason: text,
  control: text,
  proof: z.array(text).min(1),
  severity: z.enum(["high", "medium", "low"]),
  expires: date,
  owner: z.string(),
  approver: z.string(),
  approved: z.union([z.literal(""), date]),
});

/** Something no scanner reports, that is known and accepted. */
export type AcceptedRisk = z.infer<typeof riskSchema>;

/** Reads `docs/registers/accepted-risks.yaml`. Throws when an entry has a wrong shape. */
export function readAcceptedRisks(): AcceptedRisk[] {
  const file = projectFile("docs/registers/accepted-risks.yaml");
  return z.array(riskSchema).parse(parse(readFileSync(file, "utf8")));
}

/** An exposure as the register writes it: `hop: load balancer to wave/wave: http`. */
export const showExposure = ({ kind, what }: Exposure): string =>
  `${kind}: ${what}`;
