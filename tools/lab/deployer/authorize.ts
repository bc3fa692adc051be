import { existsSync, readFileSync } from "node:fs";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { type Aws, ec2Call } from "../aws/client";
import { AwsError, type Call } from "../aws/services/call";
import { xmlElements } from "../aws/xml";
import { actionOf } from "./actions";
import { isAllowed } from "./evaluate";
import { type Ec2Tags, questionsOf } from "./questions";

/** Nobody needs a permission for these. */
const FREE = /^sts:GetCallerIdentity$/;

/** Refuses a call of the deployer that its printed policies do not allow. */
export type Authorize = (
  call: Call,
  operation: string,
) => Promise<AwsError | undefined>;

/**
 * Asks the policies of a file that `writeDeployerPolicies` keeps; without the file everything is allowed. Resources and
 * conditions that a request does not tell are not asked: docs/lab.md says which.
 *
 * @param moto Where the tags of EC2 are looked up.
 */
export function authorizer(file: string, moto: Aws): Authorize {
  return async (call, operation) => {
    if (!existsSync(file)) return undefined;
    const action = knownActionOf(call, operation);
    if (action === undefined || FREE.test(action)) return undefined;
    const documents = JSON.parse(
      readFileSync(file, "utf8"),
    ) as PolicyDocument[];
    const questions = await questionsOf(moto, call, action, tagsIn(moto));
    const refused = questions.find(
      (question) => !isAllowed(documents, question),
    );
    if (refused === undefined) return undefined;
    const on = refused.resource ?? "*";
    return new AwsError(
      call.service === "ec2" ? "UnauthorizedOperation" : "AccessDenied",
      `${action}: the deployer is not authorized to perform ${refused.action} on ${on} (policies of npm run deployer-policy, asked by the lab)`,
      403,
    );
  };
}

function knownActionOf(call: Call, operation: string): string | undefined {
  const { service, method, path, query } = call;
  if (service === "unsigned") return undefined;
  const request = query.size === 0 ? path : `${path}?${query.toString()}`;
  return actionOf({ service, operation, method, request });
}

const tagsIn =
  (moto: Aws): Ec2Tags =>
  async (ids) => {
    const xml = await ec2Call(moto, "DescribeTags", {
      "Filter.1.Name": "resource-id",
      ...Object.fromEntries(
        ids.map((id, index) => [`Filter.1.Value.${index + 1}`, id]),
      ),
    });
    const tags = new Map<string, Record<string, string>>();
    for (const { resourceId, key, value } of xmlElements(xml))
      if (typeof resourceId === "string" && typeof key === "string")
        tags.set(resourceId, {
          ...tags.get(resourceId),
          [key]: String(value),
        });
    return tags;
  };
