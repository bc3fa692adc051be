import { arnRule } from "../../core/rules/arns";
import { type WaveSettings } from "../settings/schema";

/** A load balancer takes web ACLs of its own region and account only. */
const webAcl = arnRule<WaveSettings>(({ wave, region, accountId }) => ({
  path: "wave.ingress.wafAclArn",
  arn: wave.ingress.wafAclArn,
  region,
  account: accountId,
}));

const cacheKey = arnRule<WaveSettings>(({ wave, region, accountId }) => ({
  path: "wave.build.cacheKmsKeyArn",
  arn: wave.build.cacheKmsKeyArn,
  region: wave.build.cacheRegion ?? region,
  account: accountId,
}));

const ecrKeyUser = arnRule<WaveSettings>(({ wave, accountId }) => ({
  path: "wave.classic.ecrKeyUserArn",
  arn: wave.classic.ecrKeyUserArn,
  account: accountId,
}));

/** The role stands in another account: only the partition can be wrong. */
const jumpRole = arnRule<WaveSettings>(({ wave }) => ({
  path: "wave.current.jumpRoleArn",
  arn: wave.current.jumpRoleArn,
}));

export const arnRules = [webAcl, cacheKey, ecrKeyUser, jumpRole];
