import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { createEphemeral } from "../../lib/ephemeral";

/** Properties of `GeneratedSecret`. */
export interface GeneratedSecretProps {
  /** Start of the secret's name; AWS names end in a suffix of Terraform's: see below. */
  readonly name: string;
  /** What the password opens. */
  readonly description: string;
  /** Customer managed key. Readers need kms:Decrypt on it. */
  readonly kmsKeyArn: string;
  /** Raise it to generate a new password. */
  readonly version: number;
  /**
   * Letters and digits of the password.
   * @default 40
   */
  readonly length?: number;
  /**
   * Keep a deleted secret for 30 days. Otherwise it is gone at once. Never `prevent_destroy`.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * Password that Terraform generates once and never sees again: write-only into Secrets Manager, absent from plan and
 * state. $0.40 a month.
 *
 * The generator gives another password at every run, so every consumer reads the stored version. That is what makes an
 * interrupted run harmless: killed after the value was stored and before Terraform noted it, the next run stores one
 * more version, AWS moves AWSCURRENT to it, and only then do the consumers read.
 *
 * The name is a prefix: AWS keeps a deleted secret's name for 30 days, and a run killed at the wrong moment may leave a
 * secret behind. Neither blocks the next deployment of the same environment.
 */
export class GeneratedSecret extends Construct {
  /** ARN, taken from the version: who uses it waits until there is a value to read. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const secret = this.createSecret(props);
    this.arn = this.storePassword(secret, props).arn;
  }

  private createSecret({
    name,
    description,
    kmsKeyArn,
    retain = true,
  }: GeneratedSecretProps): SecretsmanagerSecret {
    return new SecretsmanagerSecret(this, "Default", {
      namePrefix: `${name}-`,
      description,
      kmsKeyId: kmsKeyArn,
      recoveryWindowInDays: retain ? 30 : 0,
      tags: { Name: name },
    });
  }

  private storePassword(
    secret: SecretsmanagerSecret,
    { version, length = 40 }: GeneratedSecretProps,
  ): SecretsmanagerSecretVersion {
    const generated = createEphemeral(
      this,
      "aws_secretsmanager_random_password",
      // Letters and digits only: the password goes into URIs, shells and AUTH, which refuse different marks.
      { password_length: length, exclude_punctuation: true },
    );
    return new SecretsmanagerSecretVersion(this, "version", {
      secretId: secret.id,
      secretStringWo: generated("random_password"),
      secretStringWoVersion: version,
    });
  }
}
