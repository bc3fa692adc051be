import { type ServiceAccountV1Config } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { ROLE_ANNOTATION } from "../../aws/iam/role-trust";
import { type WaveEnvironment } from "../release/release";
import { hasServerRole } from "../release/aws-needs";
import {
  BUILD_SERVICE_ACCOUNT,
  WAVE_SERVICE_ACCOUNT,
} from "../objects/kubernetes-names";
import { WAVE_APP, labelsOf } from "../objects/labels";
import { hasBuilds } from "../release/line";
import { type WaveInputs } from "../objects/objects";
import { s3BuildCache } from "../stores/s3-build-cache";

type Inputs = Pick<WaveInputs, "data" | "identity">;

/** Accounts of Wave and of build pods, each with an IAM role of its own or none; keyed by name. */
export function serviceAccounts(
  settings: WaveEnvironment,
  inputs: Inputs,
): Record<string, ServiceAccountV1Config> {
  const { namespace, buildNamespace } = settings.wave;
  const accounts = {
    [WAVE_SERVICE_ACCOUNT]: account(
      WAVE_SERVICE_ACCOUNT,
      namespace,
      "server",
      hasServerRole(settings) ? inputs.identity.serverRoleArn : undefined,
    ),
  };
  if (!hasBuilds(settings)) return accounts;
  return {
    ...accounts,
    [BUILD_SERVICE_ACCOUNT]: account(
      BUILD_SERVICE_ACCOUNT,
      buildNamespace,
      "build",
      buildRoleArn(settings, inputs),
    ),
  };
}

/** Kaniko logs in to ECR itself; for BuildKit the server does, so that build pods need AWS for a cache in S3 only. */
function buildRoleArn(
  settings: WaveEnvironment,
  { data, identity }: Inputs,
): string | undefined {
  if (settings.release.isClassic) return identity.buildRoleArn;
  const isInS3 = s3BuildCache(settings, data) !== undefined;
  return isInS3 ? identity.cacheRoleArn : undefined;
}

/**
 * No pod gets a token for the Kubernetes API from its account; Wave's pod asks for one itself. The token for
 * the IAM role is another volume and comes all the same.
 */
function account(
  name: string,
  namespace: string,
  component: string,
  roleArn: string | undefined,
): ServiceAccountV1Config {
  return {
    metadata: {
      name,
      namespace,
      labels: labelsOf(WAVE_APP, component),
      annotations:
        roleArn === undefined ? undefined : { [ROLE_ANNOTATION]: roleArn },
    },
    automountServiceAccountToken: false,
  };
}
