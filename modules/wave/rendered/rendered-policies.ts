import { dnsSuffixOf, partitionOf } from "../../lib/aws-partition";
import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  type RoleName,
  problemIf,
  property,
  sameTexts,
  shapeOf,
  shown,
} from "./rendered-reading";
import {
  type ExpectedStatement,
  compareStatements,
  texts,
} from "./rendered-statements";

const ECR_ACTIONS = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

/** Beginning of an ARN in the partition of the settings. */
const arn = ({ settings }: Rendered): string =>
  `arn:${partitionOf(settings.region)}`;

/** IAM-07, IAM-08, VR-44: the roles of the shape, each only where it does something. */
export function rolesOfTheShape(rendered: Rendered): Problem[] {
  const wanted = rolesFor(rendered);
  const found = Object.keys(rendered.roles);
  return problemIf(!sameTexts(found, wanted), {
    path: "roles of Wave",
    given: shown(found.join(", ")),
    allowed: shown(wanted.join(", ")),
    fix: "make a role for each subject that calls AWS, and for no other (VR-43, VR-44)",
  });
}

function rolesFor({ settings }: Rendered): RoleName[] {
  const { build, mail, current } = settings.wave;
  switch (shapeOf(settings)) {
    case "classic":
      return ["server", "build", "export"];
    case "current": {
      const inS3 =
        build.cache?.startsWith("s3://") ??
        settings.data.buildCache !== undefined;
      return inS3 ? ["server", "ecr", "cache"] : ["server", "ecr"];
    }
    case "lite":
      return mail === undefined && current.jumpRoleArn === undefined
        ? []
        : ["server"];
  }
}

/** VR-43: the server may write its objects, take the roles of the settings and send mail, and nothing else. */
export function serverPolicy(rendered: Rendered): Problem[] {
  const expected = [...objectStatements(rendered), ...mailStatement(rendered)];
  const found = rendered.roles.server?.permissions;
  // Without any right there is no role either: `rolesOfTheShape`.
  return found === undefined && expected.length === 0
    ? []
    : compareStatements("server", found, expected);
}

function objectStatements(rendered: Rendered): ExpectedStatement[] {
  const { jumpRoleArn } = rendered.settings.wave.current;
  const jump = jumpRoleArn === undefined ? [] : [jumpRoleArn];
  switch (shapeOf(rendered.settings)) {
    case "classic": {
      const bucket = `${arn(rendered)}:s3:::${shown(property(rendered, "wave.build.logs.bucket"))}`;
      return [
        { sid: "LogsList", actions: ["s3:ListBucket"], resources: [bucket] },
        {
          sid: "LogsObjects",
          actions: ["s3:GetObject", "s3:PutObject"],
          resources: [`${bucket}/build-logs/*`],
        },
        keyStatement(rendered),
      ];
    }
    case "current": {
      const path = shown(property(rendered, "wave.build.logs.path"));
      const bucket = `${arn(rendered)}:s3:::${path.split("/")[2] ?? ""}`;
      const prefixes = ["build-logs", "build-locks", "scan-reports"];
      return [
        { sid: "ObjectsList", actions: ["s3:ListBucket"], resources: [bucket] },
        {
          sid: "ObjectsReadWrite",
          actions: ["s3:GetObject", "s3:PutObject"],
          resources: prefixes.map((prefix) => `${bucket}/${prefix}/*`),
        },
        keyStatement(rendered),
        {
          sid: "AssumeEcrRole",
          actions: ["sts:AssumeRole"],
          resources: [ecrRole(rendered), ...jump],
        },
      ];
    }
    case "lite":
      return jumpRoleArn === undefined
        ? []
        : [
            {
              sid: "AssumeJumpRole",
              actions: ["sts:AssumeRole"],
              resources: jump,
            },
          ];
  }
}

/** The role that `config.yml` names as user of ECR (VR-29). */
function ecrRole(rendered: Rendered): string {
  const { accountId, region } = rendered.settings;
  const host = `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;
  return shown(property(rendered, `wave.registries.${host}.username`));
}

function keyStatement(rendered: Rendered): ExpectedStatement {
  const { region, accountId } = rendered.settings;
  return {
    sid: "LogsKey",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [
      new RegExp(`^${arn(rendered)}:kms:${region}:${accountId}:key/[^*]+$`),
    ],
    condition: { "kms:ViaService": `s3.${region}.${dnsSuffixOf(region)}` },
  };
}

function mailStatement(rendered: Rendered): ExpectedStatement[] {
  const { region, accountId, wave } = rendered.settings;
  if (wave.mail === undefined) return [];
  const ses = `${arn(rendered)}:ses:${region}:${accountId}`;
  return [
    {
      sid: "Mail",
      actions: ["ses:SendRawEmail"],
      resources: [
        `${ses}:identity/${wave.mail.domain}`,
        `${ses}:identity/${wave.mail.sender}`,
        new RegExp(`^${ses}:configuration-set/[^*]+$`),
      ],
      condition: { "ses:FromAddress": wave.mail.sender },
    },
  ];
}

/** VR-43, VR-44: push and pull in two repositories and nothing else: builds run users' code. */
const repositoryPolicy =
  (role: "build" | "ecr") =>
  (rendered: Rendered): Problem[] => {
    const { region, accountId, data, name, environment } = rendered.settings;
    const prefix = data.ecr.prefix ?? `${name}-${environment}`;
    const repositories = `${arn(rendered)}:ecr:${region}:${accountId}:repository/${prefix}`;
    return compareStatements(role, rendered.roles[role]?.permissions, [
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
  };

/** Of build pods: the classic line. */
export const buildPolicy = repositoryPolicy("build");

/** Of the role that Wave takes to log in: the current line. */
export const ecrPolicy = repositoryPolicy("ecr");

/** VR-43, IAM-08: BuildKit may read and write its layers below one prefix, and nothing else. */
export function cachePolicy(rendered: Rendered): Problem[] {
  const found = rendered.roles.cache?.permissions;
  if (found === undefined) return [];
  const { region, wave } = rendered.settings;
  const cache = shown(property(rendered, "wave.build.cache"));
  const [, bucket = "", prefix = ""] =
    /^s3:\/\/([^/]+)\/(.+)$/.exec(cache) ?? [];
  const expected: ExpectedStatement[] = [
    {
      sid: "CacheList",
      actions: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [`${arn(rendered)}:s3:::${bucket}`],
    },
    {
      sid: "CacheObjects",
      actions: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      resources: [`${arn(rendered)}:s3:::${bucket}/${prefix}/*`],
    },
  ];
  // A bucket that exists may be without a key of its own.
  if (wave.build.cache === undefined || wave.build.cacheKmsKeyArn !== undefined)
    expected.push({
      sid: "CacheKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [
        wave.build.cacheKmsKeyArn ?? new RegExp(`^${arn(rendered)}:kms:[^*]+$`),
      ],
      condition: {
        "kms:ViaService": `s3.${wave.build.cacheRegion ?? region}.${dnsSuffixOf(region)}`,
      },
    });
  return compareStatements("cache", found, expected);
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
