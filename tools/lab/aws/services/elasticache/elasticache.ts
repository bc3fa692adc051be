import { type EmulatedService } from "../call";
import { type CacheStore } from "./store";
import { parameterGroupOperations } from "./parameter-groups";
import { tagOperations } from "../query-store";
import { replicaOperations } from "./replicas";
import { replicationGroupOperations } from "./replication-groups";
import { snapshotOperations } from "./snapshots";
import { subnetGroupOperations } from "./subnet-groups";
import { type World } from "../world";

/** ElastiCache, wholly the lab's own: members of moto's replication groups cannot be described. */
export function elastiCacheService(world: World): EmulatedService {
  const store: CacheStore = {
    parameterGroups: new Map(),
    subnetGroups: new Map(),
    replicationGroups: new Map(),
    snapshots: new Map(),
    tags: new Map(),
  };
  return {
    service: "elasticache",
    errors: "query",
    operations: [
      ...parameterGroupOperations(world, store),
      ...subnetGroupOperations(world, store),
      ...replicationGroupOperations(world, store),
      ...replicaOperations(world, store),
      ...snapshotOperations(world, store),
      ...tagOperations(store.tags),
    ],
  };
}
