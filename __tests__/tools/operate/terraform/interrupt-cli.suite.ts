import { terraformsBelow } from "../../../../tools/operate/terraform/interrupt-cli";

/** As `ps -A -o pid=,ppid=,command=` lists them: two stacks side by side, and the deploy of somebody else. */
const LISTED = `
    1     0 /sbin/init
  100     1 node /app/node_modules/.bin/cdktf deploy network data
  110   100 /bin/sh /app/scripts/run-terraform apply -auto-approve
  111   110 terraform apply -auto-approve
  112   111 .terraform/providers/terraform-provider-aws_v6.25.0
  120   100 /bin/sh /app/scripts/run-terraform apply -auto-approve
  121   120 terraform apply -auto-approve
  200     1 /bin/sh /app/scripts/run-terraform apply -auto-approve
  201   200 terraform apply -auto-approve
`;

test("each Terraform of the CLI is told, and neither its shell, its providers, nor another's", () => {
  expect(terraformsBelow(LISTED, 100)).toEqual([111, 121]);
});

test("none while the CLI synthesizes or initialises", () => {
  expect(terraformsBelow(LISTED.replaceAll(" apply", " init"), 100)).toEqual(
    [],
  );
});
