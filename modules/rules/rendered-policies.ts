import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import { type PolicyDocument, type PolicyStatement } from "../lib/policy";
import { type Problem } from "../lib/problem";
import {
  type Rendered,
  problemIf,
  property,
  sameTexts,
  shown,
} from "./rendered-reading";

/** One statement as `wave.md` 5.2 has it. */
interface Expected {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly (string | RegExp)[];
  readonly condition?: Readonly<Record<string, string>>;
}

const ECR_ACTIONS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** VR-43: the server may write build logs and send mail, and nothing else. */
export function serverPolicy(rendered: Rendered): Problem[] {
  const { region, accountId, wave } = rendered.settings;
  const partition = partitionOf(region);
  const bucket = `arn:${partition}:s3:::${shown(property(rendered, "wave.build.logs.bucket"))}`;
  const identity = `arn:${partition}:ses:${region}:${accountId}:identity`;
  const expected: Expected[] = [
    { sid: "LogsList", actions: ["s3:ListBucket"], resources: [bucket] },
    {
      sid: "LogsObjects",
      actions: ["s3:GetObject", "s3:PutObject"],
      resources: [`${bucket}/build-logs/*`],
    },
    {
      sid: "LogsKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [
        new RegExp(`^arn:${partition}:kms:${region}:${accountId}:key/[^*]+$`),
      ],
      condition: { "kms:ViaService": `s3.${region}.${dnsSuffixOf(region)}` },
    },
  ];
  if (wave.mail !== undefined)
    expected.push({
      sid: "Mail",
      actions: ["ses:SendRawEmail"],
      resources: [
        `${identity}/${wave.mail.domain}`,
        `${identity}/${wave.mail.sender}`,
        new RegExp(
          `^arn:${partition}:ses:${region}:${accountId}:configuration-set/[^*]+$`,
        ),
      ],
      condition: { "ses:FromAddress": wave.mail.sender },
    });
  return compare("server", rendered.roles.server.permissions, expected);
}

/** VR-43, VR-44: builds may push and pull in two repositories, and nothing else: they run users' code. */
export function buildPolicy(rendered: Rendered): Problem[] {
  const { region, accountId, data, name, environment } = rendered.settings;
  const prefix = data.ecr.prefix ?? `${name}-${environment}`;
  const repositories = `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${prefix}`;
  return compare("build", rendered.roles.build.permissions, [
    {
      sid: "EcrLogin",
      actions: ["ecr:GetAuthorizationToken"],
      resources: ["*"],
    },
    {
      sid: "EcrPushPull",
      actions: ECR_ACTIONS,
      resources: [`${repositories}/build`, `${repositories}/cache`],
    },
  ]);
}

/** VR-43: only the login to ECR, which cannot be restricted, is for every resource; no action is a pattern. */
export function noWildcards({ roles }: Rendered): Problem[] {
  return Object.entries(roles).flatMap(([role, { permissions }]) =>
    permissions.Statement.flatMap(({ Sid, Action, Resource }) => [
      ...texts(Action)
        .filter((action) => action.includes("*"))
        .map((action) => ({
          path: `role ${role}: statement ${shown(Sid)}`,
          given: `action ${action}`,
          allowed: "exact actions",
          fix: "name the actions (VR-43)",
        })),
      ...problemIf(
        texts(Resource).includes("*") &&
          texts(Action).join() !== "ecr:GetAuthorizationToken",
        {
          path: `role ${role}: statement ${shown(Sid)}`,
          given: "resource *",
          allowed: "* only for ecr:GetAuthorizationToken",
          fix: "name the resources (VR-43)",
        },
      ),
    ]),
  );
}

const texts = (value: string | string[] | undefined): readonly string[] =>
  typeof value === "string" ? [value] : (value ?? []);

function compare(
  role: string,
  document: PolicyDocument,
  expected: readonly Expected[],
): Problem[] {
  const sids = document.Statement.map(({ Sid }) => Sid ?? "");
  const wanted = expected.map(({ sid }) => sid);
  return [
    ...problemIf(!sameTexts(sids, wanted), {
      path: `role ${role}: statements`,
      given: sids.join(", "),
      allowed: wanted.join(", "),
      fix: "keep the statements of wave.md 5.2 and no other (VR-43)",
    }),
    ...expected.flatMap((statement) => {
      const found = document.Statement.find(({ Sid }) => Sid === statement.sid);
      return found === undefined
        ? []
        : compareStatement(role, found, statement);
    }),
  ];
}

function compareStatement(
  role: string,
  found: PolicyStatement,
  expected: Expected,
): Problem[] {
  const path = `role ${role}: statement ${expected.sid}`;
  const resources = texts(found.Resource);
  const allowed = (resource: string) =>
    expected.resources.some((pattern) =>
      typeof pattern === "string"
        ? pattern === resource
        : pattern.test(resource),
    );
  const complete = expected.resources
    .filter((pattern) => typeof pattern === "string")
    .every((resource) => resources.includes(resource));
  const condition = Object.entries(found.Condition ?? {}).map(
    ([operator, keys]) => `${operator} ${JSON.stringify(keys)}`,
  );
  const wanted =
    expected.condition === undefined
      ? []
      : [`StringEquals ${JSON.stringify(expected.condition)}`];
  return [
    ...problemIf(
      found.Effect !== "Allow" ||
        !sameTexts(texts(found.Action), expected.actions),
      {
        path,
        given: `${found.Effect} ${texts(found.Action).join(", ")}`,
        allowed: `Allow ${expected.actions.join(", ")}`,
        fix: "give these actions and no other (VR-43)",
      },
    ),
    ...problemIf(
      resources.length === 0 || !complete || !resources.every(allowed),
      {
        path,
        given: `resources ${resources.join(", ")}`,
        allowed: expected.resources.map(String).join(", "),
        fix: "name these resources; * only for ecr:GetAuthorizationToken (VR-43)",
      },
    ),
    ...problemIf(condition.join() !== wanted.join(), {
      path,
      given:
        condition[0] === undefined
          ? "no condition"
          : `condition ${condition.join(", ")}`,
      allowed: wanted[0] ?? "no condition",
      fix: "write this condition (VR-43)",
    }),
  ];
}
