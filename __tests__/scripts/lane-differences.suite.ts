import { lanesDiffer } from "../../scripts/lane-differences";

const stack = (source: string, version: string, cidr = "10.0.0.0/16") => ({
  network: {
    terraform: { required_providers: { aws: { source, version } } },
    resource: { aws_vpc: { main: { cidr_block: cidr } } },
  },
});
const living = {
  providers: { aws: "6.66.0", helm: "3.1.2", kubernetes: "3.2.1" },
};

test("a lane has the providers of the table, and their source in short or in full", () => {
  expect(
    lanesDiffer(
      stack("aws", "6.25.0"),
      stack("hashicorp/aws", "6.66.0"),
      living,
    ),
  ).toEqual([]);
});

test.each([
  ["the older provider", stack("aws", "6.25.0"), "aws.version"],
  ["a provider of somebody else", stack("other/aws", "6.66.0"), "aws.source"],
  [
    "another resource",
    stack("aws", "6.66.0", "10.1.0.0/16"),
    "main.cidr_block",
  ],
  ["no stack", {}, "network"],
])("%s is a difference", (_what, found, at) => {
  const told = lanesDiffer(stack("aws", "6.25.0"), found, living);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(`${at}: `);
});
