import { dnsSuffixOf, partitionOf } from "../../../modules/lib/aws-partition";
import { type Aws } from "../aws/client";
import { type Call } from "../aws/services/call";
import { DEPENDENT_ACTIONS } from "./dependent-actions";
import { type Question } from "./evaluate";
import { type RequestFacts, readRequest } from "./request";
import {
  MADE_IN_EC2,
  askedInEc2,
  ec2Resource,
  namedResource,
} from "./resources";

/** Tags of things of EC2, by id; things without tags have an empty entry. */
export type Ec2Tags = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;

/**
 * What AWS asks the policies of the caller for one request: the action on what it names and makes, then what it does beside
 * it in a second service.
 */
export async function questionsOf(
  aws: Aws,
  call: Call,
  action: string,
  ec2Tags: Ec2Tags,
): Promise<Question[]> {
  const facts = readRequest(call);
  const own = action.startsWith("ec2:")
    ? await ec2Questions(aws, action, facts, ec2Tags)
    : [otherQuestion(aws, call, action, facts)];
  const beside = (DEPENDENT_ACTIONS[action]?.needs ?? [])
    .filter((needed) => happens(needed, facts))
    .map((needed) => besideQuestion(aws, action, needed, facts));
  return [...own, ...beside];
}

async function ec2Questions(
  aws: Aws,
  action: string,
  facts: RequestFacts,
  ec2Tags: Ec2Tags,
): Promise<Question[]> {
  const name = action.slice("ec2:".length);
  const ids = askedInEc2(name, facts);
  const tags = ids.length === 0 ? new Map() : await ec2Tags(ids);
  const context = { ...placeOf(aws), ...asKeys("RequestTag", facts.tags) };
  const existing = ids.flatMap((id): Question[] => {
    const resource = ec2Resource(id);
    if (resource === undefined) return [];
    const had = tags.get(id) as Record<string, string> | undefined;
    return [
      {
        action,
        resource: arnOf(aws, `ec2:@:${resource}`),
        // Only what is made, and what is tagged, is asked with the tags of the request.
        context: {
          ...(name === "CreateTags" ? context : placeOf(aws)),
          ...asKeys("ResourceTag", had ?? {}),
        },
      },
    ];
  });
  const made = MADE_IN_EC2[name];
  if (made !== undefined)
    return [
      ...existing,
      { action, resource: arnOf(aws, `ec2:@:${made}/new`), context },
    ];
  return existing.length > 0
    ? existing
    : [{ action, context, unknown: TAGS_OF_RESOURCE }];
}

function otherQuestion(
  aws: Aws,
  call: Call,
  action: string,
  facts: RequestFacts,
): Question {
  const resource = namedResource(call, facts);
  return {
    action,
    resource: resource === undefined ? undefined : arnOf(aws, resource),
    context: { ...placeOf(aws), ...asKeys("RequestTag", facts.tags) },
    unknown: LATE.test(action) ? ONLY_AWS_KNOWS_OF_KEYS : ONLY_AWS_KNOWS,
  };
}

/** KMS may not honour the tags of a key that is seconds old, and these come then. */
const LATE = /^kms:(DescribeKey|EnableKeyRotation|GetKey\w+|ListResourceTags)$/;
const TAGS_OF_RESOURCE = /^aws:ResourceTag\//;
const ONLY_AWS_KNOWS = /^(aws:ResourceTag\/|iam:|route53:|elasticfilesystem:)/;
const ONLY_AWS_KNOWS_OF_KEYS = /^iam:/;

/** Keys, roles and private names take part only where the request has them. */
function happens(needed: string, { text }: RequestFacts): boolean {
  if (needed.startsWith("kms:") && needed !== "kms:PutKeyPolicy")
    return /kms/i.test(text);
  if (/^iam:(PassRole|GetRole|ListAttached)/.test(needed))
    return /:role\/|%3Arole%2F/i.test(text);
  if (needed.startsWith("route53:")) return /PrivateDnsEnabled=true/.test(text);
  return true;
}

function besideQuestion(
  aws: Aws,
  action: string,
  needed: string,
  facts: RequestFacts,
): Question {
  const [service = "", name = ""] = action.split(":");
  const via = `${service}.${aws.region}.${dnsSuffixOf(aws.region)}`;
  return {
    action: needed,
    context: {
      ...placeOf(aws),
      ...asKeys("RequestTag", facts.tags),
      "ec2:CreateAction": [service === "eks" ? "RunInstances" : name],
      // EKS makes the grant of a cluster's key by itself, in nobody's name.
      ...(service !== "eks" && {
        "kms:GrantIsForAWSResource": ["true"],
        "kms:ViaService": [via],
      }),
    },
    unknown: ONLY_AWS_KNOWS_BESIDE,
  };
}

const ONLY_AWS_KNOWS_BESIDE =
  /^(aws:ResourceTag\/|iam:|route53:|elasticfilesystem:|ec2:LaunchTemplate$)/;

const placeOf = ({ region }: Aws) => ({ "aws:RequestedRegion": [region] });

const asKeys = (
  kind: "RequestTag" | "ResourceTag",
  tags: Readonly<Record<string, string>>,
) =>
  Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`aws:${kind}/${key}`, [value]]),
  );

const arnOf = ({ region, accountId }: Aws, resource: string): string =>
  `arn:${partitionOf(region)}:${resource
    .replace("@", `${region}:${accountId}`)
    .replace("#", accountId)}`;
