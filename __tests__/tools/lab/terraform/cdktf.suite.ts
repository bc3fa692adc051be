import { Follower } from "../../../../tools/lab/terraform/cdktf";

/** What the CLI is seen to have done, by stack: resources, and whether Terraform said that it is through. */
function followed(lines: readonly string[]): Record<string, unknown> {
  const follower = new Follower(["network", "data"], () => undefined);
  for (const line of lines) follower.read(line);
  return Object.fromEntries(
    [...follower.progress.values()].map((one) => [
      one.stack,
      [one.resources, one.seconds !== undefined],
    ]),
  );
}

test("lines without a name belong to the stack that was named last, also after an empty one", () => {
  expect(
    followed([
      "network  data.aws_vpc.vpc (vpc): Reading...",
      "network  Changes to Outputs:",
      '           - vpc_id = "vpc-1" -> null',
      "",
      "         You can apply this plan to save these new output values",
      "         ",
      "         Destroy complete! Resources: 0 destroyed.",
    ]),
  ).toEqual({ network: [0, true] });
});

test("a line of the CLI itself, or of another stack, belongs to nobody or to that one", () => {
  expect(
    followed([
      "network  aws_vpc.vpc (vpc): Creating...",
      "data  aws_kms_key.key (key): Creating...",
      "      aws_kms_key.key (key): Creation complete after 1s",
      "Invoking Terraform CLI failed with exit code 1",
      "      Apply complete! Resources: 1 added, 0 changed, 0 destroyed.",
    ]),
  ).toEqual({ network: [0, false], data: [1, false] });
});
