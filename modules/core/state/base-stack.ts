import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  App,
  CloudBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  TerraformStack,
} from "cdktf";
import { type Construct } from "constructs";
import { asksNoTerraform } from "../../lib/asks-no-terraform";
import { assumedRoleOf } from "./assumed-role";
import { localStatePath, stateKey, workspaceName } from "./state-location";
import { type CoreSettings } from "../settings/schema";
import { laneOf, npmRange } from "../versions/lanes";

/** What every stack has: the AWS provider, guarded by account, and the back end of its state. */
export abstract class BaseStack extends TerraformStack {
  protected constructor(
    scope: Construct,
    /** Stack id. The environment is not part of it: it lives in state keys, workspaces and names. */
    readonly stackId: string,
    protected readonly settings: CoreSettings,
  ) {
    super(scope, stackId);
    this.node.setContext("targetVersions", targetVersions());
    new AwsProvider(this, "aws", {
      region: settings.region,
      // The guard: with credentials of another account every plan fails.
      allowedAccountIds: [settings.accountId],
      assumeRole: assumeRoleOf(settings.access.assumeRole),
      defaultTags: [{ tags: settings.tags }],
    });
    this.createBackend();
  }

  /**
   * Resolves every value once, before all are resolved again and written: only to find references from stack to stack, which are
   * forbidden here (docs/adr/0003-explicit-contracts.md), and what is validated.
   */
  override prepareStack(): void {
    if (!App.of(this).skipValidation) super.prepareStack();
  }

  /** CDKTF asks only in order to start Terraform and ask for its version, as where `asksNoTerraform` is called. */
  override hasResourceMove(): boolean {
    return false;
  }

  private createBackend(): void {
    const { backend, region } = this.settings;
    switch (backend.kind) {
      case "s3": {
        const s3 = new S3Backend(this, {
          bucket: backend.bucket,
          key: stateKey(this.settings, this.stackId),
          region: backend.region ?? region,
          // Only with a key of its own: `encrypt` alone asks for SSE-S3 and overrides the bucket's key.
          encrypt: backend.kmsKeyArn === undefined ? undefined : true,
          kmsKeyId: backend.kmsKeyArn,
        });
        // Not modelled by CDKTF 0.21.
        s3.addOverride("use_lockfile", true);
        if (backend.assumeRole !== undefined)
          s3.addOverride("assume_role", assumedRoleOf(backend.assumeRole));
        break;
      }
      case "cloud":
        asksNoTerraform(
          new CloudBackend(this, {
            organization: backend.organization,
            hostname: backend.hostname,
            workspaces: new NamedCloudWorkspace(
              workspaceName(this.settings, this.stackId),
              backend.project,
            ),
          }),
        );
        break;
      case "local":
        new LocalBackend(this, {
          path: localStatePath(this, this.settings, this.stackId),
        });
    }
  }
}

/** What the lane applies with: cdktn refuses write-only arguments in a stack that older programs may apply. */
function targetVersions(): Record<string, string> {
  const { terraform, opentofu } = laneOf();
  return {
    terraform: npmRange(terraform),
    ...(opentofu && { opentofu: npmRange(opentofu) }),
  };
}

const assumeRoleOf = (role: CoreSettings["access"]["assumeRole"]) =>
  role === undefined ? undefined : [role];
