import { rdsService } from "../../../../../tools/lab/aws/services/rds/rds";
import { Client, fakeMoto, world } from "../../support";

/** A protected instance, as the provider asks for one. */
export const instance = {
  DBInstanceIdentifier: "wave",
  DBInstanceClass: "db.t4g.medium",
  Engine: "postgres",
  EngineVersion: "17",
  AllocatedStorage: "20",
  DBName: "wave",
  MasterUsername: "wave_user",
  MasterUserPassword: "first-password",
  DBSubnetGroupName: "subnets",
  DBParameterGroupName: "parameters",
  DeletionProtection: "true",
  "VpcSecurityGroupIds.VpcSecurityGroupId.1": "sg-1",
  "EnableCloudwatchLogsExports.member.1": "postgresql",
};
export const named = { DBInstanceIdentifier: "wave" };
export const withoutSnapshot = { ...named, SkipFinalSnapshot: "true" };

/** Subnets as moto answers. */
export const zones = (...letters: string[]) =>
  letters
    .map(
      (letter) =>
        `<subnetId>subnet-${letter}</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-central-1${letter}</availabilityZone>`,
    )
    .join("");

/**
 * RDS with a subnet group and a parameter group.
 *
 * @param requests Is told what moto is asked.
 */
export async function rdsClient(requests: string[]): Promise<Client> {
  fakeMoto((request) => {
    requests.push(request);
    return request.includes("Subnets") ? zones("a", "b") : "{}";
  });
  const rds = new Client(rdsService(world));
  await rds.query("CreateDBSubnetGroup", { DBSubnetGroupName: "subnets" });
  await rds.query("CreateDBParameterGroup", {
    DBParameterGroupName: "parameters",
    DBParameterGroupFamily: "postgres17",
  });
  return rds;
}
