import { type computeEnvNotes } from "../contracts/compute-env";
import { type NetworkOutputs } from "../contracts/network";
import { type Written } from "../contracts/outputs";
import { clusterNameOf } from "../core/cluster/cluster";
import { proxyVariables } from "../core/proxy";
import { escapeTemplate } from "../lib/terraform-escape";
import { type Launcher } from "./launcher";
import { LAUNCHER_GROUP, LAUNCHER_TOKEN } from "./names";
import { nextflowConfig } from "./nextflow-config";
import { nodeSelectorOf, tolerationsOf } from "./nodes";
import { type Scratch } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";

/** What the form holds beside the settings. */
export interface FormInputs {
  readonly scratch: Pick<Scratch, "bucket">;
  readonly launcher: Launcher;
  readonly network: Pick<
    NetworkOutputs,
    "clusterEndpoint" | "clusterCertificateAuthority"
  >;
  /** Address of Wave, where it runs in the environment. */
  readonly waveUrl: string | undefined;
}

/** The form of Platform for a compute environment, field by field and as JSON, and how to check what it stands on. */
export function notesOf(
  settings: ComputeEnvSettings,
  inputs: FormInputs,
): Written<typeof computeEnvNotes> {
  const { computeEnv } = settings;
  const form = formOf(settings, inputs);
  return {
    clusterName: form.clusterName,
    region: form.region,
    namespace: form.namespace,
    headServiceAccount: form.headServiceAccount,
    computeServiceAccount: form.computeServiceAccount,
    storageMode: computeEnv.storage.kind,
    storageClaim: form.storageClaimName,
    storageMountPath: form.storageMountPath,
    workDir: form.workDir,
    launcherRoleArn: inputs.launcher.roleArn,
    launcherPrincipalHint: launcherHint(settings, inputs.launcher),
    tokenCommand: computeEnv.serviceAccountToken
      ? `kubectl --namespace ${form.namespace} get secret ${LAUNCHER_TOKEN} --output go-template='{{.data.token | base64decode}}'`
      : undefined,
    waveUrl: inputs.waveUrl,
    clusterEndpoint: inputs.network.clusterEndpoint,
    clusterCertificateAuthority: inputs.network.clusterCertificateAuthority,
    nextflowConfig: form.nextflowConfig,
    headPodSpec: form.headPodSpec,
    form: JSON.stringify(form, null, 2),
    verifyCommands: verifyCommands(settings),
  };
}

/** The fields, with the names of Platform's API. */
function formOf(
  settings: ComputeEnvSettings,
  { scratch, waveUrl }: FormInputs,
) {
  const { computeEnv, region } = settings;
  const { storage } = computeEnv;
  const isFusion = storage.kind === "fusion";
  const environment = Object.entries(proxyVariables(settings)).map(
    ([name, value]) => ({
      name,
      value: escapeTemplate(value),
      head: true,
      compute: true,
    }),
  );
  return {
    discriminator: "eks-platform",
    region,
    clusterName: clusterNameOf(settings),
    namespace: computeEnv.namespace,
    headServiceAccount: computeEnv.headServiceAccount,
    computeServiceAccount: computeEnv.computeServiceAccount,
    storageClaimName: isFusion ? undefined : storage.claimName,
    storageMountPath: isFusion ? undefined : storage.mountPath,
    workDir: isFusion
      ? `s3://${scratch.bucket ?? ""}/${storage.prefix}`
      : (storage.workDir ?? storage.mountPath),
    waveEnabled: isFusion || waveUrl !== undefined,
    fusion2Enabled: isFusion,
    nextflowConfig: nextflowConfig(settings),
    headPodSpec: headPodSpec(settings),
    environment: environment.length > 0 ? environment : undefined,
  };
}

/** The nodes of head pods, as JSON, which is YAML too. */
function headPodSpec(settings: ComputeEnvSettings): string {
  const nodeSelector = nodeSelectorOf(settings);
  const tolerations = tolerationsOf(settings);
  return JSON.stringify({
    spec: {
      ...(Object.keys(nodeSelector).length > 0 && { nodeSelector }),
      ...(tolerations.length > 0 && { tolerations }),
    },
  });
}

function launcherHint(
  { computeEnv: { launcher, serviceAccountToken } }: ComputeEnvSettings,
  { roleArn }: Launcher,
): string {
  switch (launcher.kind) {
    case "role":
      return launcher.externalId === "none"
        ? `AWS credentials of Platform: Assume role ${roleArn}, which the role of its instances assumes (TOWER_ALLOW_INSTANCE_CREDENTIALS=true).`
        : `AWS credentials of Platform: Assume role ${roleArn}, External ID ${launcher.externalId}.`;
    case "user":
      return `AWS credentials of Platform: the access keys of ${launcher.arn}.`;
    case "none":
      return serviceAccountToken
        ? "Credentials of the kind Kubernetes: the token that token_command prints."
        : "Nobody logs in from outside: computeEnv.serviceAccountToken makes a token, computeEnv.launcher a role.";
  }
}

/** What the launcher may do in the namespace, and what nobody may. */
const ALLOWED = [
  ...["pods", "pods/exec", "configmaps", "persistentvolumeclaims"],
  ...["deployments.apps", "jobs.batch"],
];

/** Commands that check the connection: each ends with what it answers. They impersonate, and so test the permissions alone. */
export function verifyCommands(settings: ComputeEnvSettings): string[] {
  const { namespace, headServiceAccount, computeServiceAccount } =
    settings.computeEnv;
  const account = (name: string) =>
    `--as=system:serviceaccount:${namespace}:${name}`;
  const canI = (
    who: string,
    what: string,
    answer: "yes" | "no",
    where = namespace,
  ) => `kubectl auth can-i ${what} --namespace ${where} ${who} # ${answer}`;
  const launchers = [
    `--as=platform --as-group=${LAUNCHER_GROUP}`,
    account(headServiceAccount),
  ];
  return [
    `aws eks update-kubeconfig --name ${clusterNameOf(settings)} --region ${settings.region}`,
    "kubectl cluster-info",
    ...launchers.flatMap((who) => [
      ...ALLOWED.map((resource) => canI(who, `create ${resource}`, "yes")),
      canI(who, "get secrets", "no"),
      canI(who, "create pods", "no", "default"),
    ]),
    canI(account(computeServiceAccount), "create pods", "no"),
  ];
}
