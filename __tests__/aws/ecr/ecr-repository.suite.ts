import { TerraformOutput } from "cdktf";
import {
  EcrRepository,
  type EcrRepositoryProps,
  existingRepository,
} from "../../../modules/aws/ecr/ecr-repository";
import { onlyResource, synthOne } from "../../support/synth";

const props: EcrRepositoryProps = {
  name: "wave-prod/build",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/storage",
  lifecyclePolicy: { rules: [{ rulePriority: 1 }] },
};
const stackOf = (change: Partial<EcrRepositoryProps> = {}) =>
  synthOne(
    (stack) => new EcrRepository(stack, "build", { ...props, ...change }),
  );
const stack = stackOf();
const repository = onlyResource(stack, "aws_ecr_repository");

test("INF-10: customer managed key, scan on push", () => {
  expect(repository).toMatchObject({
    name: "wave-prod/build",
    encryption_configuration: [
      { encryption_type: "KMS", kms_key: props.kmsKeyArn },
    ],
    image_scanning_configuration: { scan_on_push: true },
  });
});

test("EXC-03: tags are mutable, builders push the same tag again; unless somebody asks for tags that stay", () => {
  expect(repository.image_tag_mutability).toBe("MUTABLE");
  expect(
    onlyResource(stackOf({ immutableTags: true }), "aws_ecr_repository"),
  ).toMatchObject({ image_tag_mutability: "IMMUTABLE" });
});

test("INF-10: the lifecycle policy is attached as it was given", () => {
  expect(onlyResource(stack, "aws_ecr_lifecycle_policy")).toMatchObject({
    repository: "${aws_ecr_repository.build.name}",
    policy: '{"rules":[{"rulePriority":1}]}',
  });
});

test("kept, or deleted with its images", () => {
  expect(repository).toMatchObject({
    force_delete: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(stackOf({ retain: false }), "aws_ecr_repository"),
  ).toMatchObject({
    force_delete: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("an existing repository is read and not managed", () => {
  const adopted = synthOne((scope) => {
    const { url, arn } = existingRepository(scope, "build", "shared/build");
    new TerraformOutput(scope, "url", { value: url });
    new TerraformOutput(scope, "arn", { value: arn });
  });
  expect(adopted).not.toHaveProperty("resource");
  expect(adopted.data?.aws_ecr_repository?.build).toMatchObject({
    name: "shared/build",
  });
  expect(adopted.output?.url?.value).toBe(
    "${data.aws_ecr_repository.build.repository_url}",
  );
  expect(adopted.output?.arn?.value).toBe(
    "${data.aws_ecr_repository.build.arn}",
  );
});
