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

const modify = (change: Record<string, string>) => () =>
  cache.query("ModifyReplicationGroup", {
    ReplicationGroupId: "wave",
    ...change,
  });
const password = (AuthToken: string, AuthTokenUpdateStrategy: string) =>
  modify({ AuthToken, AuthTokenUpdateStrategy });
const REFUSED = /^InvalidParameterCombination/;

test("a second password is added before it replaces the first, and none is taken off", async () => {
  await cache.query("CreateReplicationGroup", { ...group, AuthToken: "one" });
  expect(await errorOf(password("two", "SET"))).toMatch(REFUSED);
  await password("two", "ROTATE")();
  await password("two", "SET")();
  expect(await errorOf(password("one", "SET"))).toMatch(REFUSED);
  expect(await errorOf(modify({ AuthTokenUpdateStrategy: "DELETE" }))).toMatch(
    REFUSED,
  );
});

test("a first password may be set at once", async () => {
  await cache.query("CreateReplicationGroup", group);
  await password("one", "SET")();
  expect(await errorOf(password("two", "SET"))).toMatch(REFUSED);
});

test("TLS goes on and off over the mode preferred", async () => {
  const tls = (TransitEncryptionEnabled: string, mode?: string) =>
    modify({
      TransitEncryptionEnabled,
      ...(mode && { TransitEncryptionMode: mode }),
    });
  await cache.query("CreateReplicationGroup", group);
  expect(await errorOf(tls("false"))).toMatch(REFUSED);
  await tls("true", "preferred")();
  await tls("false")();
  expect(await errorOf(tls("true", "required"))).toMatch(REFUSED);
  await tls("true", "preferred")();
  await tls("true", "required")();
});

test("a subnet stays while a node is in its zone", async () => {
  const leave = (zone: string) => async () => {
    jest.restoreAllMocks();
    fakeMoto(() => `<availabilityZone>${zone}</availabilityZone>`);
    await cache.query("ModifyCacheSubnetGroup", {
      CacheSubnetGroupName: "subnets",
      "SubnetIds.SubnetIdentifier.1": "subnet-b",
    });
  };
  await cache.query("CreateReplicationGroup", {
    ...group,
    "PreferredCacheClusterAZs.AvailabilityZone.1": "eu-central-1c",
  });
  expect(await errorOf(leave("eu-central-1a"))).toMatch(/^SubnetInUse/);
  await leave("eu-central-1c")();
});

const count = (name: string, NewReplicaCount: string) => () =>
  cache.query(name, { ReplicationGroupId: "wave", NewReplicaCount });
const zonesShown = async () =>
  [
    ...(await cache.query("DescribeCacheClusters")).matchAll(
      /<PreferredAvailabilityZone>([^<]*)/g,
    ),
  ].map(([, zone]) => zone);

test("a replica comes in another zone before failover goes on, and goes after it went off", async () => {
  jest.restoreAllMocks();
  fakeMoto(
    () =>
      "<availabilityZone>eu-central-1a</availabilityZone><availabilityZone>eu-central-1b</availabilityZone>",
  );
  const failover = (on: string) =>
    modify({ AutomaticFailoverEnabled: on, MultiAZEnabled: on });
  await cache.query("CreateReplicationGroup", group);
  expect(await errorOf(failover("true"))).toMatch(/^InvalidParameterValue/);
  expect(await errorOf(modify({ MultiAZEnabled: "true" }))).toMatch(REFUSED);
  await count("IncreaseReplicaCount", "1")();
  expect(await zonesShown()).toEqual(["eu-central-1a", "eu-central-1b"]);
  await failover("true")();
  expect(await errorOf(count("DecreaseReplicaCount", "0"))).toMatch(
    /^InvalidParameterValue/,
  );
  await failover("false")();
  await count("DecreaseReplicaCount", "0")();
  expect(await zonesShown()).toEqual(["eu-central-1a"]);
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

test("a group is made of a snapshot that is there, available, and not newer than the group", async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
  await cache.query("CreateReplicationGroup", group);
  await cache.query("CreateSnapshot", {
    ReplicationGroupId: "wave",
    SnapshotName: "kept",
  });
  const make = (change: Record<string, string>) =>
    cache.query("CreateReplicationGroup", {
      ...group,
      ReplicationGroupId: "past",
      SnapshotName: "kept",
      ...change,
    });
  expect(await errorOf(() => make({}))).toMatch(/^InvalidSnapshotStateFault/);
  jest.advanceTimersByTime(60_000);
  expect(await errorOf(() => make({ SnapshotName: "none" }))).toMatch(
    /^SnapshotNotFoundFault/,
  );
  expect(await errorOf(() => make({ EngineVersion: "6.2" }))).toMatch(
    /^InvalidParameterValue/,
  );
  expect(await make({})).toContain(
    "<ReplicationGroupId>past</ReplicationGroupId>",
  );
  jest.useRealTimers();
});
