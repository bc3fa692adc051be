import {
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  NamedRemoteWorkspace,
} from "cdktf";
import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { assumedRoleOf } from "./assumed-role";
import { localStatePath, stateKey, workspaceName } from "./state-location";
import { type CoreSettings } from "../settings/schema";

/** Reads the outputs of another stack of the same environment from the back end both share. */
export function readState(
  stack: TerraformStack,
  settings: CoreSettings,
  producer: string,
): TerraformRemoteState {
  const { backend } = settings;
  switch (backend.kind) {
    case "s3": {
      const state = new DataTerraformRemoteStateS3(stack, producer, {
        bucket: backend.bucket,
        key: stateKey(settings, producer),
        region: backend.region ?? settings.region,
      });
      // Not modelled by CDKTF 0.21.
      if (backend.assumeRole !== undefined)
        state.addOverride(
          "config.assume_role",
          assumedRoleOf(backend.assumeRole),
        );
      return state;
    }
    case "cloud":
      return new DataTerraformRemoteState(stack, producer, {
        organization: backend.organization,
        hostname: backend.hostname,
        workspaces: new NamedRemoteWorkspace(workspaceName(settings, producer)),
      });
    case "local":
      return new DataTerraformRemoteStateLocal(stack, producer, {
        path: localStatePath(stack, settings, producer),
      });
  }
}
