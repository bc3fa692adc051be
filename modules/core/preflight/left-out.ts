import { DataAwsResourcegroupstaggingapiResources } from "@cdktf/provider-aws/lib/data-aws-resourcegroupstaggingapi-resources";
import { type Expectation } from "./expectation";

/** What was found, in a message: ARNs. */
export const FOUND =
  '${join(", ", self.resource_tag_mapping_list[*].resource_arn)}';

/**
 * The account has none of these stores, which the settings do not make (any more). Terraform forgets `prevent_destroy` together
 * with the resource that has it, so settings that leave a store out would delete it. Needs `tag:GetResources`.
 *
 * @param types Such as `elasticfilesystem:file-system`.
 * @param names Values of the tag `Name`; none: nothing is expected.
 * @param otherwise May hold `FOUND`.
 */
export const leftOutExpectations = (
  id: string,
  types: string[],
  names: string[],
  otherwise: string,
): Expectation[] =>
  names.length === 0
    ? []
    : [
        {
          id,
          read: (scope, construct, lifecycle) =>
            new DataAwsResourcegroupstaggingapiResources(scope, construct, {
              resourceTypeFilters: types,
              tagFilter: [{ key: "Name", values: names }],
              lifecycle,
            }),
          conditions: [
            {
              condition: "length(self.resource_tag_mapping_list) == 0",
              otherwise,
            },
          ],
        },
      ];
