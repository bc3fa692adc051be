import { list, optional, text } from "./outputs";

/**
 * What `compute-env` prints for people, with the names of the form of Seqera Platform; no stack reads it. There are no secrets
 * in it.
 */
export const computeEnvNotes = {
  clusterName: text("Cluster name."),
  region: text("Region."),
  namespace: text("Namespace."),
  headServiceAccount: text("Head service account."),
  computeServiceAccount: text("Compute service account."),
  storageMode: text("Storage of the work files: efs, fusion, nfs or claim."),
  storageClaim: optional(text("Storage claim; not with Fusion.")),
  storageMountPath: optional(text("Storage mount path; not with Fusion.")),
  workDir: text("Work directory."),
  launcherRoleArn: optional(
    text("Assume role of the credentials; with launcher.kind role."),
  ),
  launcherPrincipalHint: text("How Platform logs in, in a sentence."),
  tokenCommand: optional(
    text("Prints the token of the head account; with serviceAccountToken."),
  ),
  waveUrl: optional(
    text(
      "Wave of this environment, for a Platform Enterprise that is paired with it.",
    ),
  ),
  clusterEndpoint: text(
    "Control plane URL, for a compute environment of the kind Kubernetes.",
  ),
  clusterCertificateAuthority: text(
    "SSL certificate, base64, for a compute environment of the kind Kubernetes.",
  ),
  nextflowConfig: text("Nextflow config file."),
  headPodSpec: text("Custom head pod specs."),
  form: text("The form as JSON, for `tw compute-envs import` and seqerakit."),
  verifyCommands: list("Check the connection; each says what it answers."),
};
