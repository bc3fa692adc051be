import { acmGaps } from "./acm";
import { backupGaps } from "./backup/backup";
import { type ServiceGaps } from "./call";
import { ec2Gaps } from "./ec2";
import { efsGaps } from "./efs";
import { eksGaps } from "./eks/eks";
import { type Clusters } from "./eks/store";
import { elastiCacheGaps } from "./elasticache/elasticache";
import { rdsGaps } from "./rds/rds";
import { route53Gaps } from "./route53";
import { s3Gaps } from "./s3";
import { sesGaps } from "./ses/ses";
import { stsGaps } from "./sts";
import { type World } from "./world";

/** Everything that the lab answers instead of moto. */
export function allGaps(world: World, clusters?: Clusters): ServiceGaps[] {
  return [
    acmGaps(world),
    backupGaps(world),
    ec2Gaps(world),
    efsGaps(),
    eksGaps(world, clusters),
    elastiCacheGaps(world),
    rdsGaps(world),
    route53Gaps(world),
    s3Gaps(),
    sesGaps(world),
    stsGaps(world),
  ];
}
