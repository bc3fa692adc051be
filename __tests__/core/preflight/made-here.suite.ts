import { madeHereExpectations } from "../../../modules/core/preflight/made-here";
import { companyVpcSettings, existingSettings } from "../../support/existing";
import { conditionsOf, dataOf, preflightOf } from "../../support/preflight";
import { exampleSettings } from "../../support/settings";

const stack = preflightOf(madeHereExpectations(existingSettings()));

test("a cluster that this environment has made is not given up by a change of its kind", () => {
  const [clusters] = Object.keys(stack.data?.aws_eks_clusters ?? {});
  expect(dataOf(stack, "aws_eks_cluster")).toMatchObject([
    {
      name: "wave-prod-eks",
      count: `\${contains(data.aws_eks_clusters.${clusters}.names, "wave-prod-eks") ? 1 : 0}`,
    },
  ]);
  expect(conditionsOf(stack, "aws_eks_cluster")).toEqual([
    {
      // A cluster of the same name that somebody else has made has another role.
      condition: '${!endswith(self.role_arn, "/wave-prod-euc1-eks-cluster")}',
      error_message: expect.stringMatching(
        /^cluster\.kind is existing and retain is true, .* wave-prod-eks, which would be deleted/,
      ) as unknown,
    },
  ]);
});

test("a VPC that this environment has made is not given up either", () => {
  const vpcs = [existingSettings(), companyVpcSettings()].map((settings) =>
    conditionsOf(
      preflightOf(madeHereExpectations(settings)),
      "aws_cloudwatch_log_groups",
    ),
  );
  for (const conditions of vpcs)
    expect(conditions).toEqual([
      {
        condition:
          '${!contains(self.log_group_names, "/aws/vpc/wave-prod/flow-log")}',
        error_message: expect.stringMatching(
          /^network\.kind is existing and retain is true/,
        ) as unknown,
      },
    ]);
});

test("nothing is expected of what is made, and nothing without retain", () => {
  expect(madeHereExpectations(exampleSettings())).toEqual([]);
  expect(madeHereExpectations(existingSettings({ retain: false }))).toEqual([]);
});
