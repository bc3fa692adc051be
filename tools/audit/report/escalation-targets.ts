import { dnsSuffixOf, partitionOf } from "../../../modules/lib/aws-partition";
import { namesOf } from "../../../modules/lib/names";
import { type Settings } from "../../../modules/schema";
import { type Graph, ofType } from "../graph";
import { type Target } from "../permissions/ask";
import { arnOf, literalOf } from "../permissions/literals";
import { resourcePoliciesOf } from "../permissions/resource-policies";
import { isObject } from "../reading";
import { type Kind, type On } from "./escalations";

/**
 * Things of each kind. Those of the environment have the ARNs, tags and policies of the JSON, and are none where it has none of
 * their type; those of others are invented, and leave it to IAM who may use them.
 */
export function targetsIn(
  graph: Graph,
  settings: Settings,
): Readonly<Record<On, readonly Target[]>> {
  const { accountId, region, access, iam } = settings;
  const names = namesOf(settings);
  const { prefix } = names;
  const partition = partitionOf(region);
  const of = (
    service: string,
    place: string,
    what: string,
    more: Partial<Target> = {},
  ): Target[] => [
    {
      arn: `arn:${partition}:${service}:${place}:${accountId}:${what}`,
      accountId,
      ...more,
    },
  ];
  const policies = new Map(resourcePoliciesOf(graph));
  const all = (...types: readonly string[]): Target[] =>
    ofType(graph, ...types).flatMap((subject) => {
      const arn = arnOf(graph, subject);
      if (arn === undefined) return [];
      const tags = literalOf(graph, subject.stack, subject.body.tags ?? {});
      return [
        {
          arn,
          accountId,
          ...(isObject(tags) && { tags: tags as Record<string, string> }),
          policy: policies.get(arn),
        },
      ];
    });
  const kms = {
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    },
  };
  // The only tag of ours that every statement about new things allows. No creation tells it: these things are there.
  const name = `${prefix}-default-unused`;
  const request = {
    "aws:RequestTag/Name": name,
    "ec2:CreateAction": "none",
    "elasticfilesystem:CreateAction": "none",
  };
  const ofOthers = <K extends Kind>(
    kind: K,
    ...[service, place, what, more]: Parameters<typeof of>
  ) => {
    const asked = { ...more, request: { ...request, ...more?.request } };
    return {
      [`${kind} without a Name`]: of(service, place, what, asked),
      [`${kind} with another Name`]: of(service, place, what, {
        ...asked,
        tags: { Name: "of-others" },
      }),
      [`${kind} tagged so`]: of(service, place, what, {
        ...more,
        tags: { Name: name },
      }),
    } as Record<
      `${K} ${"without a Name" | "with another Name" | "tagged so"}`,
      Target[]
    >;
  };
  const issuer = `oidc-provider/oidc.eks.${region}.${dnsSuffixOf(region)}/id/OTHERS`;
  const github = "oidc-provider/token.actions.githubusercontent.com";
  const keys = all("aws_kms_key");
  const zones = zonesIn(graph, partition, accountId);
  return {
    ...ofOthers("a key (no alias)", "kms", region, "key/others", kms),
    ...ofOthers("a key (with an alias)", "kms", region, "key/others", {
      ...kms,
      request: { "kms:ResourceAliases": ["alias/of-others"] },
    }),
    ...ofOthers("a certificate", "acm", region, "certificate/others"),
    ...ofOthers("a security group", "ec2", region, "security-group/sg-others"),
    ...ofOthers("a backup plan", "backup", region, "backup-plan:others"),
    ...ofOthers("an issuer of another cluster", "iam", "", issuer),
    ...ofOthers("GitHub's issuer", "iam", "", github),
    ...ofOthers(
      "a file system",
      "elasticfilesystem",
      region,
      "file-system/fs-others",
    ),
    ...ofOthers("a VPC", "ec2", region, "vpc/vpc-others"),
    "a subnet of others": of("ec2", region, "subnet/subnet-others"),
    "a snapshot of others": of("rds", region, "snapshot:others"),
    "a recovery point of others": of("backup", region, "recovery-point:others"),
    "an interface of others": of("ec2", region, "network-interface/eni-others"),
    "own role": of("iam", "", `role${iam.path}${names.iam("any")}`),
    "another role": of("iam", "", `role${iam.path}any-other`),
    "another policy": of("iam", "", `policy${iam.path}any-other`),
    itself: [{ arn: access.deployer, accountId }],
    "a user": of("iam", "", "user/any"),
    cluster: all("aws_eks_cluster", "data.aws_eks_cluster"),
    key: keys,
    "the cluster's key": keys.filter(
      ({ tags }) => tags?.Name === `${prefix}-eks`,
    ),
    repository: all("aws_ecr_repository"),
    bucket: all("aws_s3_bucket"),
    "file system": all("aws_efs_file_system"),
    database: all("aws_db_instance"),
    "own backup plan": of("backup", region, "backup-plan:own", {
      tags: { Name: prefix },
    }),
    "an image of others": [
      { arn: `arn:${partition}:ec2:${region}::image/ami-others`, accountId },
    ],
    "a secret of others named alike": of(
      "secretsmanager",
      region,
      `secret:${prefix}-others-AbCdEf`,
    ),
    Redis: all("aws_elasticache_replication_group"),
    "the zone, for keys of others": zones(otherMailKey),
    "a snapshot of Redis":
      all("aws_elasticache_replication_group").length === 0
        ? []
        : of("elasticache", region, `snapshot:${prefix}-own`),
    "the zone, for own names": zones(knownName),
    topic: all("aws_sns_topic"),
    queue: all("aws_sqs_queue"),
    secret: all("aws_secretsmanager_secret"),
    nodes: of("ec2", region, "instance/any"),
    "launch template": of("ec2", region, "launch-template/any"),
    "own launch template": of("ec2", region, "launch-template/own", {
      tags: { Name: prefix },
    }),
  };
}

/** Zones of records that Terraform writes, and what is asked for there, by a name of one of them. */
const zonesIn =
  (graph: Graph, partition: string, accountId: string) =>
  (asked: (name: string) => string | undefined): Target[] =>
    ofType(graph, "aws_route53_record").flatMap(({ stack, body }) => {
      const name = asked(String(body.name));
      return name === undefined
        ? []
        : [
            {
              arn: `arn:${partition}:route53:::hostedzone/${String(literalOf(graph, stack, body.zone_id))}`,
              accountId,
              request: {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": [name],
              },
            },
          ];
    });

/** A key of mail of somebody else, beside ours. */
const otherMailKey = (name: string): string | undefined => {
  const [, domain] = /\._domainkey\.(.+)$/.exec(name) ?? [];
  return domain && `others._domainkey.${domain}`;
};

/** A name that the JSON knows, such as that of a load balancer. */
const knownName = (name: string): string | undefined =>
  /^[a-z0-9.-]+$/.test(name) ? name : undefined;
