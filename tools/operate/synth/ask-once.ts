import { ValidateBinaryVersion } from "cdktf/lib/validations";

/**
 * CDKTF runs `terraform version` for every stack with a moved block: of a hundred environments that takes longer than all the rest. From
 * now on this process asks each question once.
 */
export function askTerraformOnce(): void {
  const { prototype } = ValidateBinaryVersion;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- Called with the `this` of each call.
  const { validate } = prototype;
  const answers = new Map<string, string[]>();
  prototype.validate = function (this: ValidateBinaryVersion) {
    const question = JSON.stringify(this);
    const answer = answers.get(question) ?? validate.call(this);
    answers.set(question, answer);
    return answer;
  };
}
