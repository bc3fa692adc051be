import { elastiCacheService } from "../../../../../tools/lab/aws/services/elasticache/elasticache";
import { Client, errorOf, fakeMoto, world } from "../../support";

const group = {
  ReplicationGroupId: "wave",
  ReplicationGroupDescription: "d",
  NumCacheClusters: "1",
  CacheNodeType: "cache.t3.medium",
  Engine: "redis",
  EngineVersion: "7.1",
  CacheSubnetGroupName: "subnets",
  CacheParameterGroupName: "parameters",
  "SecurityGroupIds.SecurityGroupId.1": "sg-1",
  TransitEncryptionEnabled: "true",
};

let cache: Client;

beforeEach(async () => {
  fakeMoto(() => "<vpcId>vpc-1</vpcId>");
  cache = new Client(elastiCacheService(world));
  await cache.query("CreateCacheSubnetGroup", {
    CacheSubnetGroupName: "subnets",
    "SubnetIds.SubnetIdentifier.1": "subnet-a",
  });
  await cache.query("CreateCacheParameterGroup", {
    CacheParameterGroupName: "parameters",
    CacheParameterGroupFamily: "redis7",
  });
});
afterEach(() => jest.restoreAllMocks());

test("the member of a replication group is described with what the group was made with", async () => {
  const made = await cache.query("CreateReplicationGroup", group);
  expect(made).toContain("<ClusterId>wave-001</ClusterId>");
  const member = await cache.query("DescribeCacheClusters", {
    CacheClusterId: "wave-001",
  });
  expect(member).toContain("<EngineVersion>7.1.0</EngineVersion>");
  expect(member).toContain("<SecurityGroupId>sg-1</SecurityGroupId>");
  expect(member).toContain(
    "<CacheParameterGroupName>parameters</CacheParameterGroupName>",
  );
});

test("refuses to delete groups that are in use", async () => {
  await cache.query("CreateReplicationGroup", group);
  expect(
    await errorOf(() =>
      cache.query("DeleteCacheParameterGroup", {
        CacheParameterGroupName: "parameters",
      }),
    ),
  ).toMatch(/^InvalidCacheParameterGroupState/);
  expect(
    await errorOf(() =>
      cache.query("DeleteCacheSubnetGroup", {
        CacheSubnetGroupName: "subnets",
      }),
    ),
  ).toMatch(/^CacheSubnetGroupInUse/);
});

test("refuses a second final snapshot of one name", async () => {
  const remove = () =>
    cache.query("DeleteReplicationGroup", {
      ReplicationGroupId: "wave",
      FinalSnapshotIdentifier: "final",
    });
  await cache.query("CreateReplicationGroup", group);
  await remove();
  expect(await cache.query("DescribeSnapshots")).toContain(
    "<SnapshotName>final</SnapshotName>",
  );
  await cache.query("CreateReplicationGroup", group);
  expect(await errorOf(remove)).toMatch(/^SnapshotAlreadyExistsFault/);
});

test("a deleted replication group is gone", async () => {
  await cache.query("CreateReplicationGroup", group);
  await cache.query("DeleteReplicationGroup", { ReplicationGroupId: "wave" });
  expect(
    await errorOf(() =>
      cache.query("DescribeReplicationGroups", { ReplicationGroupId: "wave" }),
    ),
  ).toMatch(/^ReplicationGroupNotFoundFault/);
});
