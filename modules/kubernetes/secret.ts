import {
  SecretV1,
  type SecretV1Config,
} from "@cdktf/provider-kubernetes/lib/secret-v1";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { type StoredSecret } from "../aws/secrets/stored-secret";
import { revisionOf } from "../lib/revision";

/** Properties of `Secret`. */
export interface SecretProps {
  readonly metadata: SecretV1Config["metadata"];
  /**
   * Kubernetes type of the Secret.
   * @default Opaque
   */
  readonly type?: string;
  /** Values by key: Terraform strings that refer to `sources`. */
  readonly data: Readonly<Record<string, string>>;
  /** Secrets the values come from; a new version of one of them changes this Secret. */
  readonly sources: readonly StoredSecret[];
  /**
   * What else the values hold, such as a host name.
   * @default nothing
   */
  readonly plainParts?: readonly string[];
  readonly dependsOn: SecretV1Config["dependsOn"];
}

/**
 * Kubernetes Secret whose values Terraform writes and never stores.
 *
 * The provider does not read the values back: it writes them when the revision changes, and an absent revision would
 * make an empty Secret. So the revision is a number made from all that the values depend on.
 */
export class Secret extends Construct {
  /** SHA-256 over keys and secret versions, never over values: an annotation that restarts the pods. */
  readonly checksum: string;
  readonly resource: SecretV1;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const fingerprint = this.createFingerprint(props);
    this.checksum = `\${sha256(${fingerprint})}`;
    this.resource = this.createSecret(props, fingerprint);
  }

  private createFingerprint({ data, sources, plainParts = [] }: SecretProps) {
    const local = new TerraformLocal(
      this,
      "fingerprint",
      [
        ...Object.keys(data),
        ...sources.map(({ version }) => `\${${version}}`),
        ...plainParts,
      ].join("/"),
    );
    return `local.${local.friendlyUniqueId}`;
  }

  private createSecret(
    { metadata, type = "Opaque", data, dependsOn }: SecretProps,
    fingerprint: string,
  ): SecretV1 {
    return new SecretV1(this, "Default", {
      metadata,
      type,
      dataWo: { ...data },
      dataWoRevision: revisionOf(fingerprint),
      dependsOn,
    });
  }
}
