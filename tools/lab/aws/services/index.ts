import { paths } from "../../paths";
import { acmService } from "./acm";
import { backupService } from "./backup/backup";
import { type EmulatedService } from "./call";
import { ec2Service } from "./ec2";
import { efsService } from "./efs";
import { eksService } from "./eks/eks";
import { autoscalingService } from "./eks/scaling-groups";
import { type Clusters } from "./eks/store";
import { elastiCacheService } from "./elasticache/elasticache";
import { iamService } from "./iam";
import { rdsService } from "./rds/rds";
import { route53Service } from "./route53";
import { s3Service } from "./s3";
import { serviceQuotasService } from "./service-quotas";
import { sesService } from "./ses/ses";
import { sqsService } from "./sqs";
import { ssmService } from "./ssm";
import { stsService } from "./sts";
import { type World } from "./world";

/** Everything that the lab answers instead of moto. */
export function emulatedServices(
  world: World,
  clusters: Clusters = new Map(),
): EmulatedService[] {
  return [
    acmService(world),
    autoscalingService(world, clusters),
    backupService(world),
    ec2Service(world),
    efsService(),
    eksService(world, clusters),
    elastiCacheService(world),
    iamService(paths.deployerPolicies),
    rdsService(world),
    route53Service(world),
    s3Service(),
    serviceQuotasService(),
    sesService(world),
    sqsService(),
    ssmService(),
    stsService(world),
  ];
}
