import { graphOf } from "../../../tools/audit/graph";
import { literalOf } from "../../../tools/audit/permissions/literals";

const graph = graphOf({
  data: {
    provider: {
      aws: [{ region: "eu-central-1", allowed_account_ids: ["123456789012"] }],
    },
    data: { aws_ecr_repository: { build: { name: "wave/build" } } },
  },
});

test("a repository that is only read has the ARN of its name", () => {
  expect(literalOf(graph, "data", "${data.aws_ecr_repository.build.arn}")).toBe(
    "arn:aws:ecr:eu-central-1:123456789012:repository/wave/build",
  );
});

test("fails on an expression that nothing here knows", () => {
  expect(() => literalOf(graph, "data", "${data.aws_lb.any.dns_name}")).toThrow(
    /no literal is known/,
  );
});
