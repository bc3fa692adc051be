// The emulated AWS as a process of its own: moto, the emulator proxy in front of it, and with the programs for it the
// Kubernetes API that the emulated EKS leads to. `tools/lab/run.ts` starts and ends it.
//   node scripts/run.mjs tools/lab/aws/emulator.ts '<EmulatorOptions as JSON>'
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { emulatedServices } from "./services";
import { accessKey } from "./client";
import { type Clusters } from "./services/eks/store";
import { type EmulatorFile, type EmulatorOptions } from "./emulator-client";
import { freePort } from "../system/free-port";
import { createEmulatorProxy, tokenReviewPath } from "./emulator-proxy";
import { autoscalerAuthorizer } from "../kube/cluster-autoscaler/authorize";
import { bindPolicies } from "../kube/access-policies";
import { type ControlPlane, startControlPlane } from "../kube/control-plane";
import { followNodeGroups } from "../kube/nodes";
import { reviewToken } from "../kube/token-review";
import { authorizer } from "../deployer/authorize";
import { paths } from "../paths";
import { killAll, startService, until } from "../system/process";

process.on("SIGTERM", () => process.exit(0));
// However it ends, nothing that it started stays.
process.on("exit", () => {
  killAll();
  for (const file of [paths.emulator, paths.kube])
    rmSync(file, { recursive: true, force: true });
});

async function main(options: EmulatorOptions): Promise<void> {
  const [motoPort, port] = await Promise.all([freePort(), freePort()]);
  const clusters: Clusters = new Map();
  const [planes] = await Promise.all([
    startKubernetes(options, port),
    startMoto(options.python, motoPort),
  ]);
  for (const [name, { api }] of planes)
    void followNodeGroups(api, clusters, name);
  await serve(options, { motoPort, port, clusters, planes });
}

type Planes = ReadonlyMap<string, ControlPlane>;

async function startKubernetes(
  { kube }: EmulatorOptions,
  port: number,
): Promise<Planes> {
  if (kube === undefined) return new Map();
  const { binaries, clusters } = kube;
  const starting = Object.entries(clusters).map(
    async ([cluster, serviceCidr]) => {
      const plane = await startControlPlane({
        cluster,
        serviceCidr,
        binaries,
        tokenWebhook: `http://127.0.0.1:${port}${tokenReviewPath}${cluster}`,
        onEnd: end,
      });
      await bindPolicies(plane.api);
      return [cluster, plane] as const;
    },
  );
  return new Map(await Promise.all(starting));
}

async function startMoto(python: string, port: number): Promise<void> {
  startService(
    python,
    ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    {
      step: "moto",
      env: {
        ...process.env,
        // Without it every attachment of a policy of AWS is refused.
        MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
        MOTO_ACM_VALIDATION_WAIT: "1",
      },
      onEnd: end,
    },
  );
  await until("moto", 60, () => answers(port));
}

/** A part has ended that the rest cannot do without. */
function end(why: string): never {
  console.error(why);
  process.exit(1);
}

interface Parts {
  readonly motoPort: number;
  readonly port: number;
  readonly clusters: Clusters;
  readonly planes: Planes;
}

async function serve(
  { region, accountId, deployerRole, principals }: EmulatorOptions,
  { motoPort, port, clusters, planes }: Parts,
): Promise<void> {
  const motoEndpoint = `http://127.0.0.1:${motoPort}`;
  const moto = { endpoint: motoEndpoint, region, accountId };
  const everyone = { ...principals, [accessKey]: deployerRole };
  const server = createEmulatorProxy({
    motoPort,
    services: emulatedServices(
      {
        moto,
        deployerRole,
        kubernetes: byCluster(planes, ({ login }) => ({
          endpoint: login.host,
          authority: login.cluster_ca_certificate ?? "",
        })),
      },
      clusters,
    ),
    logFile: paths.requestLog,
    authorize: authorizer(paths.deployerPolicies, moto),
    authorizeAutoscaler: autoscalerAuthorizer(moto, clusters),
    reviewToken: (review, cluster) =>
      reviewToken(
        review,
        everyone,
        clusters.get(cluster)?.accessEntries ?? new Map(),
      ),
  });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const file: EmulatorFile = {
    endpoint: `http://127.0.0.1:${port}`,
    motoEndpoint,
    kubeconfigs: byCluster(planes, ({ kubeconfig }) => kubeconfig),
    pid: process.pid,
  };
  writeFileSync(`${paths.emulator}.new`, JSON.stringify(file));
  renameSync(`${paths.emulator}.new`, paths.emulator);
}

const byCluster = <T>(
  planes: Planes,
  value: (plane: ControlPlane) => T,
): Record<string, T> =>
  Object.fromEntries([...planes].map(([name, plane]) => [name, value(plane)]));

async function answers(port: number): Promise<true | undefined> {
  const response = await fetch(
    `http://127.0.0.1:${port}/moto-api/config`,
  ).catch(() => undefined);
  return response?.ok || undefined;
}

main(JSON.parse(process.argv[2] ?? "{}") as EmulatorOptions).catch(
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
