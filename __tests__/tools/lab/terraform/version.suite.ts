import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";
import { checkTerraform } from "../../../../tools/lab/terraform/version";
import { fakePrograms } from "../programs";

const wanted = readFileSync(projectFile(".terraform-version"), "utf8").trim();

describe("Terraform", () => {
  const program = fakePrograms();

  const version = (text: string) => {
    program("terraform", `echo '{"terraform_version": "${text}"}'`);
  };

  test("of the version in .terraform-version is right", () => {
    version(wanted);
    expect(checkTerraform).not.toThrow();
  });

  test("of another version is refused, with both versions and the way out", () => {
    version("1.5.7");
    expect(checkTerraform).toThrow(
      `needs Terraform ${wanted} (.terraform-version), and found 1.5.7: install it`,
    );
  });

  test.each([
    ["missing", () => undefined],
    [
      "broken",
      () => {
        program("terraform", "exit 1");
      },
    ],
  ])("that is %s is said to be so", (_, put) => {
    put();
    expect(checkTerraform).toThrow(`needs Terraform ${wanted}, and none`);
  });
});
