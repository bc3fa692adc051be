import { isObject } from "../reading";
import { texts } from "../policies";
import { type Flip } from "./flips";

type Statement = Record<string, unknown>;

/** What a service's own widest verbs are: written out, since IAM's list is not here. */
const DANGEROUS: Readonly<Record<string, string>> = {
  acm: "acm:DeleteCertificate",
  ec2: "ec2:RunInstances",
  ecr: "ecr:DeleteRepository",
  elasticfilesystem: "elasticfilesystem:DeleteFileSystem",
  elasticloadbalancing: "elasticloadbalancing:SetWebAcl",
  iam: "iam:CreateRole",
  kms: "kms:ScheduleKeyDeletion",
  logs: "logs:DeleteLogGroup",
  s3: "s3:DeleteObject",
  ses: "ses:DeleteIdentity",
};

const ELSEWHERE: Readonly<Record<string, string>> = {
  AWS: "arn:aws:iam::999999999999:root",
  Service: "codebuild.amazonaws.com",
  Federated: "arn:aws:iam::999999999999:oidc-provider/elsewhere.example.com",
};

/** Wider versions of a policy document, each with one thing changed. */
export function policyMutants(document: unknown): Flip[] {
  if (!isObject(document) || !Array.isArray(document.Statement)) return [];
  const statements = document.Statement as Statement[];
  const withOne = (index: number, changed: Statement | undefined): unknown => ({
    ...document,
    Statement:
      changed === undefined
        ? statements.filter((_, at) => at !== index)
        : statements.map((old, at) => (at === index ? changed : old)),
  });
  const hasPrincipal = statements.some(
    ({ Principal }) => Principal !== undefined,
  );
  const added = {
    Sid: "Added",
    Effect: "Allow",
    ...(hasPrincipal ? { Principal: "*" } : {}),
    Action:
      hasPrincipal && texts(statements[0]?.Action)[0]?.startsWith("sts:")
        ? statements[0]?.Action
        : "*",
    Resource: "*",
  };
  return [
    [
      "add a statement that allows all",
      { ...document, Statement: [...statements, added] },
    ],
    ...statements.flatMap((one, index) =>
      (one.Effect === "Deny" ? denyMutants(one) : allowMutants(one)).map(
        ([change, changed]): Flip => [
          `${String(one.Sid)}: ${change}`,
          withOne(index, changed as Statement | undefined),
        ],
      ),
    ),
  ];
}

/** An Allow allows more. */
function allowMutants(one: Statement): Flip[] {
  const actions = texts(one.Action);
  const service = actions[0]?.split(":")[0] ?? "";
  const more = ["iam:PassRole", "sts:AssumeRole", DANGEROUS[service]].filter(
    (action) => action !== undefined,
  );
  return [
    ["action *", { ...one, Action: "*" }],
    [`action ${service}:*`, { ...one, Action: `${service}:*` }],
    ...more
      .filter((action) => !actions.includes(action))
      .map((action): Flip => [
        `and action ${action}`,
        { ...one, Action: [...actions, action] },
      ]),
    ...(one.Resource === undefined || one.Resource === "*"
      ? []
      : [["resource *", { ...one, Resource: "*" }] as Flip]),
    ...texts(one.Resource)
      .filter((arn) => arn !== "*" && arn !== widened(arn))
      .map((arn): Flip => [
        `resource ${widened(arn)}`,
        {
          ...one,
          Resource: texts(one.Resource).map((old) =>
            old === arn ? widened(arn) : old,
          ),
        },
      ]),
    ...principalMutants(one),
    ...conditionMutants(one),
  ];
}

/** The last name of an ARN becomes a star. */
function widened(arn: string): string {
  if (/^\$\{[^}]*\}$/.test(arn)) return arn;
  if (arn.endsWith("/*"))
    return arn.replace(/[/:][^/:]+\/\*$/, (tail) => `${tail.charAt(0)}*`);
  return arn.replace(/[^/:]+$/, "*");
}

function principalMutants(one: Statement): Flip[] {
  if (one.Principal === undefined) return [];
  const kinds = isObject(one.Principal) ? Object.keys(one.Principal) : [];
  return [
    ...(JSON.stringify(one.Principal) === '{"AWS":"*"}'
      ? []
      : [["principal *", { ...one, Principal: "*" }] as Flip]),
    ...kinds
      .filter(
        (kind) =>
          ELSEWHERE[kind] !== undefined &&
          JSON.stringify(one.Principal) !== '{"AWS":"*"}',
      )
      .map((kind): Flip => [
        `principal ${ELSEWHERE[kind]}`,
        { ...one, Principal: { [kind]: ELSEWHERE[kind] } },
      ]),
  ];
}

function conditionMutants(one: Statement): Flip[] {
  if (!isObject(one.Condition)) return [];
  const conditions = one.Condition as Record<string, Record<string, unknown>>;
  const unconditional = omit(one, "Condition");
  const pairs = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => [operator, key] as const),
  );
  return [
    ["no condition", unconditional],
    ...pairs.flatMap(([operator, key]): Flip[] => {
      const rest = without(conditions, operator, key);
      const like = operator.startsWith("Arn") ? "ArnLike" : "StringLike";
      return [
        ...(pairs.length > 1
          ? [[`no condition ${key}`, { ...one, Condition: rest }] as Flip]
          : []),
        [
          `condition ${key} like *`,
          {
            ...one,
            Condition: {
              ...rest,
              [like]: { ...(rest[like] ?? {}), [key]: "*" },
            },
          },
        ],
      ];
    }),
  ];
}

/** A Deny denies less. */
function denyMutants(one: Statement): Flip[] {
  const fewer = (key: "Action" | "Resource"): Flip[] =>
    texts(one[key]).length < 2
      ? []
      : texts(one[key]).map((gone): Flip => [
          `without ${key.toLowerCase()} ${gone}`,
          { ...one, [key]: texts(one[key]).filter((value) => value !== gone) },
        ]);
  const { Condition, ...unconditional } = one;
  return [
    ["removed", undefined],
    ["allows", { ...one, Effect: "Allow" }],
    ["for one role only", { ...one, Principal: { AWS: ELSEWHERE.AWS } }],
    ["one action only", { ...one, Action: "s3:GetBucketTagging" }],
    ...fewer("Action"),
    ...fewer("Resource"),
    [
      "never",
      {
        ...unconditional,
        Condition: { StringEquals: { "aws:PrincipalTag/never": "never" } },
      },
    ],
    [
      "and only for some",
      {
        ...one,
        Condition: {
          ...(Condition as object),
          StringEquals: { "aws:PrincipalTag/some": "some" },
        },
      },
    ],
  ];
}

function without(
  conditions: Record<string, Record<string, unknown>>,
  operator: string,
  key: string,
): Record<string, Record<string, unknown>> {
  const keys = omit(conditions[operator] ?? {}, key);
  const rest = omit(conditions, operator);
  return Object.keys(keys).length === 0 ? rest : { ...rest, [operator]: keys };
}

const omit = <T>(from: Record<string, T>, gone: string): Record<string, T> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== gone));
