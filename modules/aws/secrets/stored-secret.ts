import { DataAwsSecretsmanagerSecretVersions } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-versions";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { createEphemeral } from "../../lib/ephemeral";

/**
 * One secret of AWS Secrets Manager, as its consumers read it: the stored version, never the generator.
 * Both fields are Terraform references without `${…}`, to be used inside of expressions.
 */
export class StoredSecret extends Construct {
  /** The value. Ephemeral: it never reaches plan, state or outputs. */
  readonly value: string;
  /** Id of the current version: it changes when somebody stores a new value, and says nothing about it. */
  readonly version: string;

  /**
   * @param secretId Name or ARN. For a secret of ours the ARN of its version, so that there is a value to read.
   */
  constructor(scope: Construct, id: string, secretId: string) {
    super(scope, id);
    const stored = createEphemeral(this, "aws_secretsmanager_secret_version", {
      secret_id: secretId,
    });
    this.value = unwrapped(stored("secret_string"));
    this.version = this.createVersion(secretId);
  }

  private createVersion(secretId: string): string {
    const { friendlyUniqueId: id } = new DataAwsSecretsmanagerSecretVersions(
      this,
      "versions",
      { secretId },
    );
    const current = new TerraformLocal(
      this,
      "version",
      `\${join(",", [for v in data.aws_secretsmanager_secret_versions.${id}.versions : v.version_id if contains(v.version_stages, "AWSCURRENT")])}`,
    );
    return `local.${current.friendlyUniqueId}`;
  }

  /** Reference to a field of a value that is JSON, such as `username`. */
  field(name: string): string {
    return `jsondecode(${this.value})["${name}"]`;
  }
}

/** `${a.b}` → `a.b`. */
const unwrapped = (reference: string): string => reference.slice(2, -1);
