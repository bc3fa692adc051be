import { z } from "zod";
import { type Graph, type Subject } from "../graph";

/** Kinds of files, as checkov names them. With another name than its own, a file is not read, and passes (SEC-C5). */
export type Framework = "terraform_json" | "terraform_plan";

/** One question of checkov about one resource. */
export interface Asked {
  /** Such as `CKV_AWS_39`. */
  readonly check: string;
  /** File below the folder that was scanned. */
  readonly file: string;
  /** As checkov names it: `aws_eks_cluster.cluster`, or only `resource.cluster`. */
  readonly resource: string;
}

/** What one run of checkov said. */
export interface Results {
  readonly version: string;
  readonly passed: readonly Asked[];
  readonly failed: readonly Asked[];
  /** Checks that a comment or a list switched off: there are none here. */
  readonly skipped: readonly Asked[];
  /** Files that checkov could not read: whole paths, unlike those of checks. */
  readonly unread: readonly string[];
}

const asked = z
  .object({ check_id: z.string(), file_path: z.string(), resource: z.string() })
  .transform(({ check_id, file_path, resource }): Asked => ({
    check: check_id,
    file: below(file_path),
    resource,
  }));

const report = z.object({
  check_type: z.string(),
  results: z.object({
    passed_checks: z.array(asked),
    failed_checks: z.array(asked),
    skipped_checks: z.array(asked),
    parsing_errors: z.array(z.string()),
  }),
  summary: z.object({ checkov_version: z.string() }),
});

/** What checkov writes when it found nothing that the framework reads. */
const nothing = z.object({ checkov_version: z.string() });

/** Reads checkov's own JSON. @throws Error when it is of another framework or shape. */
export function readResults(json: string, framework: Framework): Results {
  const parsed: unknown = JSON.parse(json);
  const empty = nothing.safeParse(parsed);
  if (empty.success)
    return {
      version: empty.data.checkov_version,
      passed: [],
      failed: [],
      skipped: [],
      unread: [],
    };
  const { check_type, results, summary } = report.parse(parsed);
  if (check_type !== framework)
    throw new Error(`checkov scanned ${check_type}, not ${framework}`);
  return {
    version: summary.checkov_version,
    passed: results.passed_checks,
    failed: results.failed_checks,
    skipped: results.skipped_checks,
    unread: results.parsing_errors,
  };
}

const below = (path: string): string => path.replace(/^\//, "");

/**
 * The resource that checkov names. In JSON it leaves the type away (`resource.cluster`), so that a name of two resources
 * is nobody's.
 */
export function subjectOf(
  graph: Graph,
  stack: string,
  resource: string,
): Subject | undefined {
  const exact = graph.byAddress.get(`${stack}:${resource}`);
  if (exact !== undefined) return exact;
  const [block, name] = resource.split(".");
  const named = graph.subjects.filter(
    (one) =>
      one.stack === stack &&
      one.address.endsWith(`.${name ?? ""}`) &&
      one.address.startsWith("data.") === (block === "data"),
  );
  return named.length === 1 ? named[0] : undefined;
}
