import { DataAwsResourcegroupstaggingapiResources } from "@cdktf/provider-aws/lib/data-aws-resourcegroupstaggingapi-resources";
import { RESTORED_FROM } from "../../aws/tags/made-of";
import { type Expectation, quoted } from "./expectation";
import { FOUND } from "./left-out";

/**
 * A Redis that stands was made of the snapshot of the settings. The snapshot itself is not looked up: Terraform has no data
 * source for it, and ElastiCache refuses a name that it does not know. Needs `tag:GetResources`.
 *
 * @param path Of the key: `data.redis`.
 * @param name Name tag of the group.
 */
export const restoredRedisExpectations = (
  path: string,
  name: string,
  restoreFrom: string | undefined,
): Expectation[] =>
  restoreFrom === undefined
    ? []
    : [
        {
          id: `${path.replaceAll(".", "-")}-restore-from`,
          read: (scope, id, lifecycle) =>
            new DataAwsResourcegroupstaggingapiResources(scope, id, {
              resourceTypeFilters: ["elasticache:replicationgroup"],
              tagFilter: [{ key: "Name", values: [name] }],
              lifecycle,
            }),
          conditions: [
            {
              condition: `alltrue([for one in self.resource_tag_mapping_list : lookup(one.tags, ${quoted(RESTORED_FROM)}, "") == ${quoted(restoreFrom)}])`,
              otherwise: `${path}.restoreFrom is ${restoreFrom}, but Redis stands (${FOUND}) and was not made of it: the key counts where there is none yet. Take it out; what a Redis of the past is worth stands under Restore in docs/runbook.md.`,
            },
          ],
        },
      ];
