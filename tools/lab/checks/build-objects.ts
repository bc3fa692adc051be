/** What Wave reads of `wave.build` in its `config.yml`. */
export interface BuildConfig {
  readonly timeout: string;
  readonly workspace: string;
  readonly k8s: {
    readonly namespace: string;
    readonly serviceAccount?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly resources?: {
      readonly requests?: Resources;
      readonly limits?: Resources;
    };
    readonly storage: {
      readonly mountPath: string;
      readonly claimName: string;
    };
  };
}

interface Resources {
  readonly cpu?: string;
  readonly memory?: string;
}

/** Build of the checks. Wave's names end with five hexadecimal digits. */
const build = "0123456789abcdef_1";
const name = "build-lab-0a1b2";

/**
 * A build pod as Wave 1.3.3 makes it from its configuration (`K8sServiceImpl.buildSpec` at tag v1.3.3): bare, without a
 * security context, so root, and with requests only.
 */
export function kanikoPod(config: BuildConfig): object {
  const { namespace, labels = {}, resources = {} } = config.k8s;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: {
      ...placeOf(config),
      volumes: [volumeOf(config)],
      containers: [
        {
          name,
          image: "gcr.io/kaniko-project/executor:v1.19.2",
          args: ["--dockerfile", `${config.workspace}/${build}/Containerfile`],
          volumeMounts: mountsOf(config, "/kaniko/.docker/config.json"),
          resources: { requests: resources.requests ?? {} },
        },
      ],
    },
  };
}

/**
 * A build Job as Wave 1.37.0 makes it from its configuration (`K8sServiceImpl.buildJobSpec` at tag v1.37.0): AppArmor off,
 * not privileged.
 */
export function buildkitJob(config: BuildConfig): object {
  const { namespace, labels = {}, resources = {} } = config.k8s;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace, labels },
    spec: {
      backoffLimit: 0,
      podFailurePolicy: { rules: failureRules },
      template: {
        metadata: {},
        spec: {
          ...placeOf(config),
          volumes: [volumeOf(config)],
          containers: [
            {
              name,
              image: "public.cr.seqera.io/wave/buildkit:v0.25.2-rootless",
              env: [
                {
                  name: "BUILDKITD_FLAGS",
                  value: "--oci-worker-no-process-sandbox",
                },
              ],
              command: ["buildctl-daemonless.sh"],
              args: ["build", "--frontend", "dockerfile.v0"],
              workingDir: "/tmp",
              volumeMounts: mountsOf(config, "/home/user/.docker/config.json"),
              resources,
              securityContext: {
                privileged: false,
                appArmorProfile: { type: "Unconfined" },
              },
            },
          ],
        },
      },
    },
  };
}

/** The same pod under another name. */
export function named(pod: object, name: string): object {
  const { metadata, ...rest } = pod as { metadata: object };
  return { ...rest, metadata: { ...metadata, name } };
}

/** The same pod with the one field that no namespace below `privileged` may let in. */
export function privilegedPod(config: BuildConfig): object {
  const pod = structuredClone(kanikoPod(config)) as {
    spec: { containers: { securityContext?: object }[] };
  };
  for (const container of pod.spec.containers)
    container.securityContext = { privileged: true };
  return pod;
}

const failureRules = [
  { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] },
  { action: "FailJob", onPodConditions: [{ type: "ConfigIssue" }] },
  { action: "FailJob", onExitCodes: { operator: "NotIn", values: [0] } },
];

function placeOf({ k8s, timeout }: BuildConfig): object {
  return {
    nodeSelector: selectorOf(k8s.nodeSelector ?? {}),
    serviceAccount: k8s.serviceAccount,
    activeDeadlineSeconds: secondsOf(timeout),
    restartPolicy: "Never",
  };
}

/** `linux/amd64: service=wave-build` → `{service: wave-build}`. */
function selectorOf(
  byPlatform: Readonly<Record<string, string>>,
): Record<string, string> {
  const [key = "", value = ""] = (byPlatform["linux/amd64"] ?? "").split("=");
  return key === "" ? {} : { [key]: value };
}

/** `15m` or `1h30m` of Micronaut, in seconds. */
export function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}

const volumeOf = ({ k8s: { storage } }: BuildConfig): object => ({
  name: "build-data",
  persistentVolumeClaim: { claimName: storage.claimName },
});

function mountsOf(
  { workspace, k8s: { storage } }: BuildConfig,
  credentials: string,
): object[] {
  const folder = `${workspace}/${build}`;
  const below = folder.slice(storage.mountPath.length + 1);
  const mount = { name: "build-data", readOnly: true };
  return [
    { ...mount, mountPath: credentials, subPath: `${below}/config.json` },
    { ...mount, mountPath: folder, subPath: below },
  ];
}
