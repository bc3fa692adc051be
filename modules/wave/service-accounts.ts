import { type ServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { type IdentityOutputs } from "../contracts/identity";
import { type Settings } from "../settings/schema";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";

/** Accounts of Wave and of build pods, each with its own IAM role (K8S-09, K8S-11, HARD-03); keyed by name. */
export function serviceAccounts(
  { wave }: Settings,
  identity: IdentityOutputs,
): Record<string, ServiceAccountV1Config> {
  return {
    [WAVE_SERVICE_ACCOUNT]: account(
      WAVE_SERVICE_ACCOUNT,
      wave.namespace,
      "server",
      identity.serverRoleArn,
    ),
    [BUILD_SERVICE_ACCOUNT]: account(
      BUILD_SERVICE_ACCOUNT,
      wave.buildNamespace,
      "build",
      identity.buildRoleArn,
    ),
  };
}

/**
 * No pod gets a token for the Kubernetes API from its account; Wave's pod asks for one itself (DEP-15). The token for
 * the IAM role is another volume and comes all the same.
 */
function account(
  name: string,
  namespace: string,
  component: string,
  roleArn: string,
): ServiceAccountV1Config {
  return {
    metadata: {
      name,
      namespace,
      labels: labelsOf(WAVE_APP, component),
      annotations: { "eks.amazonaws.com/role-arn": roleArn },
    },
    automountServiceAccountToken: false,
  };
}
