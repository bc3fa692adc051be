import { type ComputeEnvSettings } from "../../../modules/compute-env/settings/schema";

/**
 * What Seqera Platform writes for Nextflow from the fields of its form, as Nextflow documents these settings. What the form
 * has for Nextflow comes after it.
 *
 * @param mountPath Where the claim is mounted. @default that of the settings
 */
export function platformConfig(
  { computeEnv }: ComputeEnvSettings,
  mountPath?: string,
): string {
  const { namespace, computeServiceAccount, storage } = computeEnv;
  const lines = [
    `namespace = '${namespace}'`,
    `serviceAccount = '${computeServiceAccount}'`,
    ...("claimName" in storage
      ? [
          `storageClaimName = '${storage.claimName}'`,
          `storageMountPath = '${mountPath ?? storage.mountPath}'`,
        ]
      : []),
  ];
  return [
    "process.executor = 'k8s'",
    "k8s {",
    ...lines.map((line) => `  ${line}`),
    "}",
    "",
  ].join("\n");
}
