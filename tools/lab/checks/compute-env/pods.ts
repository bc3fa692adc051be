import { type ComputeEnvSettings } from "../../../../modules/compute-env/settings/schema";
import { until } from "../../system/process";
import { messageOf } from "../build-pods";
import { type ComputeEnvCheck } from "./check";

const NAME = "tower-lab-head";

/** A pod, as far as it is read. */
interface Pod {
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly {
      readonly resources: {
        readonly requests?: Readonly<Record<string, string>>;
      };
      readonly volumeMounts?: readonly { readonly mountPath: string }[];
    }[];
  };
  readonly status: { readonly phase: string };
}

/** What Kubernetes mounts with a token. */
export const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * A head pod of Seqera Platform as its form describes it: launcher image, head account, the claim at its mount path, and the
 * pod spec of the form. What else the Platform puts into it is not public.
 */
export function headPod(
  { computeEnv }: ComputeEnvSettings,
  podSpec: object,
): Record<string, object> {
  const { headServiceAccount, namespace, storage } = computeEnv;
  const claim =
    "claimName" in storage
      ? {
          volumes: [
            {
              name: "work",
              persistentVolumeClaim: { claimName: storage.claimName },
            },
          ],
          volumeMounts: [{ name: "work", mountPath: storage.mountPath }],
        }
      : {};
  const { volumes, ...mounts } = { volumes: undefined, ...claim };
  return {
    metadata: { name: NAME, namespace },
    spec: {
      ...podSpec,
      ...(volumes && { volumes }),
      serviceAccountName: headServiceAccount,
      restartPolicy: "Never",
      containers: [
        {
          name: NAME,
          image: "public.cr.seqera.io/platform/nf-launcher:j17-25.04.4",
          command: ["/usr/local/bin/nf-launcher.sh"],
          ...mounts,
        },
      ],
    },
  };
}

/** `spec` of the output `head_pod_spec`. */
export const podSpecOf = (output: unknown): object =>
  (JSON.parse(String(output)) as { spec: object }).spec;

/** A head pod runs on a node for it; and what endangers others is refused, by whom the message names. */
export async function checkPipelinePods(check: ComputeEnvCheck): Promise<void> {
  await checkHead(check);
  await checkRefused(check);
}

async function checkHead(check: ComputeEnvCheck): Promise<void> {
  const { api, launcher, settings, outputs, report, step } = check;
  const { namespace, defaults } = settings.computeEnv;
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const pod = headPod(settings, podSpecOf(outputs.head_pod_spec));
  const made = await (launcher ?? api).ask("POST", path, pod);
  const name = `${step}: a head pod is admitted, and runs on a compute node`;
  if (made.status >= 300) {
    report.check(name, false, messageOf(made));
    return;
  }
  // A node may have to come first.
  const running = await until("the head pod on a node", 150, async () => {
    const found = (await api.call("GET", `${path}/${NAME}`)) as Pod;
    return found.status.phase === "Running" ? found : undefined;
  }).catch(() => undefined);
  const node = running?.spec.nodeName ?? "none";
  const labels = await labelsOf(check, running?.spec.nodeName);
  const wanted = selectorOf(pod);
  report.check(
    name,
    running !== undefined &&
      Object.entries(wanted).every(([key, value]) => labels[key] === value),
    `${node} of ${JSON.stringify(wanted)}`,
  );
  const [container] = running?.spec.containers ?? [];
  const { cpu, memory } = container?.resources.requests ?? {};
  report.check(
    `${step}: a head pod that names no resources gets requests, and the token that Nextflow logs in with`,
    cpu === defaults.cpu &&
      memory === defaults.memory &&
      container?.volumeMounts?.some(
        ({ mountPath }) => mountPath === TOKEN_PATH,
      ) === true,
    `${cpu ?? "no"} CPU, ${memory ?? "no"} memory`,
  );
  await api.call("DELETE", `${path}/${NAME}`, { gracePeriodSeconds: 0 });
}

const selectorOf = (pod: Record<string, object>): Record<string, string> =>
  (pod.spec as { nodeSelector?: Record<string, string> }).nodeSelector ?? {};

async function labelsOf(
  { api }: ComputeEnvCheck,
  node: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  if (node === undefined) return {};
  const { metadata } = (await api.call("GET", `/api/v1/nodes/${node}`)) as {
    metadata: { labels: Record<string, string> };
  };
  return metadata.labels;
}

/** A request that has to be refused with 403, and a word of the message that says by what. */
interface Refused {
  readonly what: string;
  readonly as: "head" | "everybody";
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
  readonly by: string;
}

/** All of them, for an environment. */
export function refusedOf(
  settings: ComputeEnvSettings,
  podSpec: object,
): Refused[] {
  const { namespace, quota, storage } = settings.computeEnv;
  const own = `/api/v1/namespaces/${namespace}`;
  const pods = `${own}/pods?dryRun=All`;
  const head = headPod(settings, podSpec);
  const spec = head.spec as { containers: object[]; volumes?: object[] };
  const pod = (change: object, container: object = {}): object => ({
    ...head,
    spec: {
      ...spec,
      ...change,
      containers: spec.containers.map((one) => ({ ...one, ...container })),
    },
  });
  const post = { as: "head", method: "POST", path: pods } as const;
  const get = { as: "head", method: "GET" } as const;
  const baseline = 'violates PodSecurity "baseline';
  const isPrivileged =
    storage.kind === "fusion" && storage.fuse === "privileged";
  const service = {
    metadata: { name: "lab" },
    spec: { ports: [{ port: 80 }] },
  };
  return [
    ...(isPrivileged
      ? []
      : [
          {
            ...post,
            what: "a privileged pod",
            body: pod({}, { securityContext: { privileged: true } }),
            by: baseline,
          },
          {
            ...post,
            what: "a pod with a folder of its node",
            body: pod({
              volumes: [
                ...(spec.volumes ?? []),
                { name: "root", hostPath: { path: "/" } },
              ],
            }),
            by: baseline,
          },
          {
            ...post,
            what: "a pod in the network of its node",
            body: pod({ hostNetwork: true }),
            by: baseline,
          },
        ]),
    {
      ...post,
      what: "a pod beyond the quota",
      body: pod({}, { resources: { requests: { cpu: `${quota.cpu}00` } } }),
      by: "exceeded quota",
    },
    {
      ...post,
      what: "a Service, by the rights",
      path: `${own}/services?dryRun=All`,
      body: service,
      by: "cannot create resource",
    },
    {
      ...post,
      as: "everybody",
      what: "a Service, by the quota",
      path: `${own}/services?dryRun=All`,
      body: service,
      by: "exceeded quota",
    },
    {
      ...get,
      what: "the Secrets",
      path: `${own}/secrets`,
      by: "cannot list resource",
    },
    {
      ...get,
      what: "the pods of another namespace",
      path: "/api/v1/namespaces/kube-system/pods",
      by: "cannot list resource",
    },
  ];
}

async function checkRefused({
  api,
  settings,
  outputs,
  report,
  step,
}: ComputeEnvCheck): Promise<void> {
  const { namespace, headServiceAccount } = settings.computeEnv;
  const head = api.as(
    `system:serviceaccount:${namespace}:${headServiceAccount}`,
  );
  const refused = refusedOf(settings, podSpecOf(outputs.head_pod_spec));
  for (const { what, as, method, path, body, by } of refused) {
    const answer = await (as === "head" ? head : api).ask(method, path, body);
    report.check(
      `${step}: refused to ${as === "head" ? "the head account" : "everybody"}: ${what}`,
      answer.status === 403 && messageOf(answer).includes(by),
      messageOf(answer),
    );
  }
}
