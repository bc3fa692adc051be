import {
  runSimulation,
  runUnsafeSimulation,
} from "@cloud-copilot/iam-simulate";
import { type LiteralDocument } from "../../tools/audit/permissions/roles";
import { type AwsPartition } from "../../modules/lib/aws-partition";
import { readPolicy } from "../../modules/lib/policy";
import { type Call } from "./simulate";

/** A call judged by identity policies alone. */
export type PlainCall = Omit<Call, "as">;

/**
 * Whether policies of one principal of the account allow a call, with or without a policy of the resource. Undefined where
 * the action has no such resource; keys that the resource does not know are left out, as AWS does.
 */
export async function isAllowedBy(
  documents: readonly LiteralDocument[],
  { does, to, with: context = {} }: PlainCall,
): Promise<boolean | undefined> {
  // No statement names a pattern of actions, so the others say nothing of this one.
  const Statement = documents
    .flatMap((document) => document.Statement)
    .filter(({ Action }) => [Action].flat().includes(does));
  const asked = {
    request: {
      principal: "arn:aws:sts::123456789012:assumed-role/wave-deployer/me",
      action: does,
      resource: { resource: to, accountId: "123456789012" },
      contextVariables: { ...context },
    },
    identityPolicies:
      Statement.length === 0
        ? []
        : [
            {
              name: "deployer",
              policy: { Version: "2012-10-17", Statement },
            },
          ],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    // Without a word of the key's own policy nobody may use it.
    resourcePolicy: to.includes(":key/")
      ? keyPolicy(to.split(":")[1])
      : undefined,
  };
  const result = await runSimulation(asked, {});
  if (result.resultType !== "error") return result.overallResult === "Allowed";
  // An ARN of AWS Backup that several types fit: what is asked is the same for each.
  if (result.errors.message === "multiple.resource.types")
    return runUnsafeSimulation(asked, {}) === "Allowed";
  if (
    /^(must\.use\.wildcard|no\.resource\.types|invalid\.resource)$/.test(
      result.errors.message,
    )
  )
    return undefined;
  throw new Error(`${does} on ${to}: ${JSON.stringify(result.errors)}`);
}

const keyPolicy = (partition = ""): unknown =>
  readPolicy("kms/key.json", partition as AwsPartition, {
    ACCOUNT_ID: "123456789012",
  });
