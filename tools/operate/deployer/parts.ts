import { type PolicyDocument } from "../../../modules/lib/policy";

/** A managed policy ends at this many characters; IAM does not count white space. */
export const MANAGED_POLICY_LIMIT = 6144;

/** Resources of a statement that stay together when a document is taken apart. */
const RESOURCES = 20;

/** Length of a document as IAM counts it. */
export const lengthOf = (document: PolicyDocument): number =>
  JSON.stringify(document).replace(/\s/g, "").length;

/** A document by its name; one that is too long for IAM in several, `artifacts`, `artifacts-2` and so on. */
export function partsOf(
  name: string,
  document: PolicyDocument,
): [string, PolicyDocument][] {
  if (lengthOf(document) <= MANAGED_POLICY_LIMIT) return [[name, document]];
  const parts: PolicyDocument[] = [];
  for (const statement of document.Statement.flatMap(shortened)) {
    const last = parts.at(-1);
    const longer = {
      ...document,
      Statement: [...(last?.Statement ?? []), statement],
    };
    if (last !== undefined && lengthOf(longer) <= MANAGED_POLICY_LIMIT)
      parts.splice(-1, 1, longer);
    else parts.push({ ...document, Statement: [statement] });
  }
  return parts.map((part, index) => [
    index === 0 ? name : `${name}-${index + 1}`,
    part,
  ]);
}

/** Several statements in the place of one with many resources. */
function shortened(
  statement: PolicyDocument["Statement"][number],
): PolicyDocument["Statement"][number][] {
  const { Sid = "", Resource } = statement;
  if (!Array.isArray(Resource) || Resource.length <= RESOURCES)
    return [statement];
  const count = Math.ceil(Resource.length / RESOURCES);
  return [...Array(count).keys()].map((index) => ({
    ...statement,
    Sid: `${Sid}${index + 1}`,
    Resource: Resource.slice(index * RESOURCES, (index + 1) * RESOURCES),
  }));
}
