import { DataAwsResourcegroupstaggingapiResources } from "@cdktf/provider-aws/lib/data-aws-resourcegroupstaggingapi-resources";
import { type Expectation } from "../core/preflight/expectation";
import { instanceTypeExpectation } from "../core/preflight/region";
import { storageName, workBucketName } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** What the compute environment expects of the account: its instance types are to be had. */
export function computeEnvExpectations(
  settings: ComputeEnvSettings,
): Expectation[] {
  const { nodes } = settings.computeEnv;
  if (nodes.kind === "existing") return [];
  return [
    instanceTypeExpectation(settings, {
      id: "compute",
      path: "computeEnv.nodes.instanceTypes",
      instanceTypes: nodes.instanceTypes,
    }),
  ];
}

/**
 * With `retain`: there is no storage of another kind. Terraform forgets `prevent_destroy` together with the resource that has
 * it, so a changed `storage.kind` would delete the work files. It stands in the stack that would do so, which can be deployed
 * alone. Needs `tag:GetResources`.
 */
export function storageExpectations(
  settings: ComputeEnvSettings,
): Expectation[] {
  const { retain, computeEnv } = settings;
  const { storage } = computeEnv;
  if (!retain) return [];
  const hasBucket =
    storage.kind === "fusion" && storage.bucket.kind === "created";
  const others = [
    ...(storage.kind === "efs" ? [] : [storageName(settings)]),
    ...(hasBucket ? [] : [workBucketName(settings)]),
  ];
  return [
    {
      id: "other-storage",
      read: (scope, id, lifecycle) =>
        new DataAwsResourcegroupstaggingapiResources(scope, id, {
          resourceTypeFilters: ["elasticfilesystem:file-system", "s3"],
          tagFilter: [{ key: "Name", values: others }],
          lifecycle,
        }),
      conditions: [
        {
          condition: "length(self.resource_tag_mapping_list) == 0",
          otherwise: `computeEnv.storage does not make \${join(", ", self.resource_tag_mapping_list[*].resource_arn)}, which this environment has, and retain is true: its files would be deleted. Write the storage it was made for; or, to give the files up, set retain to false, deploy compute-env with that storage, and then change it.`,
        },
      ],
    },
  ];
}
