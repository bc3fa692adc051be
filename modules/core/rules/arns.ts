import { partitionOf } from "../../lib/aws-partition";
import { type Problem } from "../../lib/problem";
import { type Settings } from "../../schema";
import { type Rule } from "../../settings/rule";
import { NODE_GROUPS } from "./nodes";

/** An ARN of the settings and where AWS wants it to be. */
interface Placed {
  readonly path: string;
  readonly arn: string | undefined;
  /** Undefined: any region, as for IAM. */
  readonly region?: string;
  readonly account?: string;
}

/** Each ARN by its own rule, so that a broken part of the file hides only its own. */
const ruleFor =
  (place: (settings: Settings) => Placed): Rule =>
  (settings) => {
    const { path, arn, region, account } = place(settings);
    if (arn === undefined) return [];
    const [, partition = "", , arnRegion = "", arnAccount = ""] =
      arn.split(":");
    const wrong = (what: string, is: string, wanted: string): Problem => ({
      path,
      given: `"${arn}", of ${what} ${is || "none"}`,
      allowed: `an ARN of ${what} ${wanted}`,
      fix: `write the one of ${what} ${wanted}: AWS refuses any other here`,
    });
    const ours = partitionOf(settings.region);
    if (partition !== ours) return [wrong("partition", partition, ours)];
    if (region !== undefined && arnRegion !== region)
      return [wrong("region", arnRegion, region)];
    return account !== undefined && arnAccount !== account
      ? [wrong("account", arnAccount, account)]
      : [];
  };

/** DEC-40: the load balancer uses certificates and WAF ACLs of its own region and account only (INF-08). */
export const arnRules: readonly Rule[] = [
  ruleFor(({ dns, region, accountId }) => ({
    path: "dns.certificateArn",
    arn: dns.certificateArn,
    region,
    account: accountId,
  })),
  ruleFor(({ wave, region, accountId }) => ({
    path: "wave.ingress.wafAclArn",
    arn: wave.ingress.wafAclArn,
    region,
    account: accountId,
  })),
  ruleFor(({ iam, accountId }) => ({
    path: "iam.permissionsBoundaryArn",
    arn: iam.permissionsBoundaryArn,
    account: iam.permissionsBoundaryArn?.includes("::aws:") ? "aws" : accountId,
  })),
  ruleFor(({ wave, region, accountId }) => ({
    path: "wave.build.cacheKmsKeyArn",
    arn: wave.build.cacheKmsKeyArn,
    region: wave.build.cacheRegion ?? region,
    account: accountId,
  })),
  ruleFor(({ wave, accountId }) => ({
    path: "wave.classic.ecrKeyUserArn",
    arn: wave.classic.ecrKeyUserArn,
    account: accountId,
  })),
  // The role stands in another account: only the partition can be wrong (IAM-09).
  ruleFor(({ wave }) => ({
    path: "wave.current.jumpRoleArn",
    arn: wave.current.jumpRoleArn,
  })),
  ruleFor(({ backend, region }) => ({
    path: "backend.kmsKeyArn",
    arn: backend.kind === "s3" ? backend.kmsKeyArn : undefined,
    region: (backend.kind === "s3" ? backend.region : undefined) ?? region,
  })),
  ...NODE_GROUPS.map((group) =>
    ruleFor(({ cluster, region }) => ({
      path: `cluster.nodeGroups.${group}.volumeKmsKeyArn`,
      arn: cluster.nodeGroups[group]?.volumeKmsKeyArn,
      region,
    })),
  ),
];
