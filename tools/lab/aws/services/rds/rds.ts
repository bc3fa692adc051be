import { type EmulatedService } from "../call";
import { tagOperations } from "../query-store";
import { dbInstanceOperations } from "./instances";
import { dbParameterGroupOperations } from "./parameter-groups";
import { orderableOperations } from "./orderable";
import { type DbStore } from "./store";
import { dbSnapshotOperations } from "./snapshots";
import { dbSubnetGroupOperations } from "./subnet-groups";
import { type World } from "../world";

/**
 * RDS for PostgreSQL, wholly the lab's own: two instances of moto have one resource id, by which the provider asks, and
 * moto deletes groups that are in use. Other operations stay moto's.
 */
export function rdsService(world: World): EmulatedService {
  const store: DbStore = {
    parameterGroups: new Map(),
    subnetGroups: new Map(),
    instances: new Map(),
    snapshots: new Map(),
    tags: new Map(),
  };
  return {
    service: "rds",
    errors: "query",
    operations: [
      ...dbParameterGroupOperations(world, store),
      ...dbSubnetGroupOperations(world, store),
      ...dbInstanceOperations(world, store),
      ...dbSnapshotOperations(world, store),
      ...orderableOperations(world.moto.region),
      ...tagOperations(store.tags),
    ],
  };
}
