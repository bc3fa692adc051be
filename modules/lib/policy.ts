import { type AwsPartition } from "./aws-partition";
import {
  type Document,
  type PlaceholderValues,
  fillTemplate,
} from "./template";

/** One statement of an IAM policy document. */
export interface PolicyStatement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: Document;
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** An IAM policy document. */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: PolicyStatement[];
}

/**
 * Reads `policies/<path>`, fills it and rewrites `arn:aws:` to the partition, in the structure and not in the text.
 *
 * @throws ProblemReport for a placeholder without a value and a value without a placeholder.
 */
export function readPolicy(
  path: string,
  partition: AwsPartition,
  values: PlaceholderValues,
): PolicyDocument {
  const filled = fillTemplate(`policies/${path}`, values);
  return inPartition(filled, partition) as unknown as PolicyDocument;
}

/** One document of the statements of several. */
export const joinPolicies = (
  documents: readonly PolicyDocument[],
): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: documents.flatMap(({ Statement }) => Statement),
});

/**
 * The document as an argument of a resource. `JSON.stringify` and not `Fn.jsonencode`, which loses tokens in keys and
 * does not escape quotes.
 */
export function policyJson(document: PolicyDocument): string {
  return JSON.stringify(document);
}

function inPartition(node: Document, partition: AwsPartition): Document {
  if (typeof node === "string")
    return node.replace(/^arn:aws:/, `arn:${partition}:`);
  if (Array.isArray(node))
    return node.map((item) => inPartition(item, partition));
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      inPartition(value, partition),
    ]),
  );
}
