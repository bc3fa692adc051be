import { dataStack, resourceWith } from "../../support/data-stack";
import { exampleSettings } from "../../support/settings";
import { type StackJson, resourcesOf } from "../../support/synth";

const stack = dataStack();
const output = (name: string) => stack.output?.[name]?.value;

const namesIn = (json: StackJson) =>
  Object.values(resourcesOf(json, "aws_ecr_repository")).map(
    ({ name }) => name,
  );

test("INF-10, SET-10: build and cache below the environment's name, or below the prefix", () => {
  expect(namesIn(stack)).toEqual(["wave-prod/build", "wave-prod/cache"]);
  expect(
    namesIn(
      dataStack(exampleSettings({ data: { ecr: { prefix: "acme/wave" } } })),
    ),
  ).toEqual(["acme/wave/build", "acme/wave/cache"]);
});

test("SET-15, SET-16: each output names its own repository", () => {
  for (const what of ["build", "cache"]) {
    expect(output(`${what}_repository_url`)).toBe(
      `\${aws_ecr_repository.${what}-repository.repository_url}`,
    );
    expect(output(`${what}_repository_arn`)).toBe(
      `\${aws_ecr_repository.${what}-repository.arn}`,
    );
  }
});

test("INF-10: untagged images go, and of the cache everything in time", () => {
  const tidied = dataStack(
    exampleSettings({ data: { ecr: { untaggedDays: 5, cacheDays: 21 } } }),
  );
  const rulesOf = (what: string) => {
    const { policy } = resourceWith(
      tidied,
      "aws_ecr_lifecycle_policy",
      `${what}-repository.name`,
    )[1];
    const { rules } = JSON.parse(policy as string) as {
      rules: { selection: Record<string, unknown> }[];
    };
    return rules.map(({ selection }) => [
      selection.tagStatus,
      selection.countNumber,
    ]);
  };
  expect(rulesOf("build")).toEqual([["untagged", 5]]);
  expect(rulesOf("cache")).toEqual([
    ["untagged", 5],
    ["any", 21],
  ]);
});

test("existing repositories are read and not managed", () => {
  const adopted = dataStack(
    exampleSettings({ data: { ecr: { existing: true, prefix: "shared" } } }),
  );
  expect(adopted.resource).not.toHaveProperty("aws_ecr_repository");
  expect(adopted.resource).not.toHaveProperty("aws_ecr_lifecycle_policy");
  expect(
    Object.values(adopted.data?.aws_ecr_repository ?? {}).map(
      ({ name }) => name,
    ),
  ).toEqual(["shared/build", "shared/cache"]);
  expect(adopted.output?.build_repository_url?.value).toBe(
    "${data.aws_ecr_repository.build-repository.repository_url}",
  );
});
