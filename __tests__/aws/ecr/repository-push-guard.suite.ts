import { RepositoryPushGuard } from "../../../modules/aws/ecr/repository-push-guard";
import { resourcesOf, synthOne } from "../../support/synth";

const build = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-build";
const repository = (name: string) =>
  `arn:aws:ecr:eu-central-1:123456789012:repository/wave-prod/${name}`;

const policies = Object.values(
  resourcesOf(
    synthOne((stack) => {
      new RepositoryPushGuard(stack, "guard", {
        repositoryArns: {
          build: repository("build"),
          cache: repository("cache"),
        },
        pusherArns: [build],
        partition: "aws",
      });
    }),
    "aws_ecr_repository_policy",
  ),
);

test("EXC-03: everybody but the build identity is denied the four push actions, in both repositories", () => {
  expect(policies).toHaveLength(2);
  for (const { policy } of policies) {
    expect(JSON.parse(String(policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyBuildsPush",
          Effect: "Deny",
          Principal: "*",
          Action: [
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
          ],
          Condition: { ArnNotLike: { "aws:PrincipalArn": [build] } },
        },
      ],
    });
  }
});

test("the repository's name is what follows :repository/ in its ARN", () => {
  expect(policies.map((resource) => resource.repository)).toEqual(
    ["build", "cache"].map(
      (name) => `\${element(split(":repository/", "${repository(name)}"), 1)}`,
    ),
  );
});
