import { Follower } from "../../../../tools/operate/terraform/follower";

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

test("the same in cdktn, whose later lines begin like any other", () => {
  expect(
    followed([
      "network  aws_vpc.vpc (vpc): Creating...",
      "data  aws_kms_key.key (key): Creating...",
      "aws_kms_key.other (other): Creating...",
      "aws_kms_key.key (key): Creation complete after 1s",
      "network  ",
      'data = "what a provider says in a line of its own"',
      "Apply complete! Resources: 58 added, 0 changed, 0 destroyed.",
    ]),
  ).toEqual({ network: [58, true], data: [1, false] });
});

test("a line belongs to the stack that was named last, whatever the CLI itself says", () => {
  expect(
    followed([
      "network  aws_vpc.vpc (vpc): Creating...",
      "data  aws_kms_key.key (key): Creating...",
      "      aws_kms_key.key (key): Creation complete after 1s",
      "Invoking Terraform CLI failed with exit code 1",
    ]),
  ).toEqual({ network: [0, false], data: [1, false] });
});
