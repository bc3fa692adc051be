import { rmSync } from "node:fs";
import { clusterNameOf } from "../../modules/core/cluster/cluster";
import { systemNodes } from "../../modules/core/cluster/node-labels";
import { namesOf } from "../../modules/lib/names";
import { projectFile } from "../../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  requireWave,
} from "../../modules/schema";
import { writeStateStack } from "../../modules/state-app";
import { makeHostedZone, makeOperatorObjects } from "./aws/account";
import { type Aws } from "./aws/client";
import { type EmulatorFile, startEmulator } from "./aws/emulator-client";
import { labEnv } from "./environment";
import { type Existing, inventory } from "./aws/inventory";
import { findMoto } from "./aws/moto";
import { chooseCluster } from "./kube/choose-cluster";
import { writeClusterOverrides } from "./stand-ins/cluster-override";
import { deliveryReleases } from "./stand-ins/delivery-releases";
import { principalsOf } from "./kube/principals";
import { writeOverrides } from "./stand-ins/overrides";
import { attachDeployerPolicies } from "./deployer/policies";
import { paths } from "./paths";
import { run, until } from "./system/process";
import { type Providers } from "./stand-ins/provider-mirror";
import { type Report, Stop, failureOf } from "./report";
import { readLog } from "./aws/request-log";
import {
  type Environment,
  type Line,
  type Patch,
  environmentOf,
  firstLines,
  labAccount,
  labSettings,
  outputOf,
  writeLabSettings,
} from "./settings";
import { type SynthesizedStack, readStack } from "./terraform/synthesized";
import { renderedFor } from "./kube/cluster-autoscaler/rendered";
import { type Workloads, openWorkloads } from "./kube/workloads";

/** An emulated account that is ready for the first deploy, and what is deployed into it. */
export interface Lab {
  /** Speaks of the line. */
  readonly report: Report;
  readonly line: Line;
  readonly emulator: EmulatorFile;
  readonly aws: Aws;
  readonly hostedZoneId: string;
  readonly providers: Providers;
  readonly env: NodeJS.ProcessEnv;
  readonly stacks: readonly string[];
  /** Undefined when `workloads` is not part of the run. */
  readonly workloads?: Workloads;
  /** The same for the other environments, where each can have a cluster of its own. */
  readonly workloadsOf: Readonly<Partial<Record<Environment, Workloads>>>;
  /** What exists before any deploy, known when the state bucket stands: nothing is deployed earlier. */
  readonly before: Promise<readonly Existing[]>;
  /** Ends when `npm run state` has ended. */
  readonly stateBucket: Promise<void>;
  settings: Settings;
  /** What was changed in its settings file since the first deploy. */
  patch?: Patch;
  /** The settings file that is deployed. @default the example of the line */
  base?: SettingsInput;
}

/**
 * Emulator, operator's objects, settings, providers: everything but the stacks.
 *
 * @param providers Of the program that plans and applies.
 * @param only The lines that are deployed: other environments get no cluster. @default all are
 */
export async function openLab(
  report: Report,
  stacks: readonly string[],
  providers: Providers,
  only?: readonly Line[],
): Promise<Lab> {
  const line = "classic";
  for (const folder of [
    ...firstLines.map(outputOf),
    paths.settings,
    paths.logs,
    paths.plans,
    paths.older,
    paths.deployerPolicies,
  ])
    rmSync(folder, { recursive: true, force: true });
  const { python, notice } = await findMoto((text) => {
    report.progress(text);
  });
  report.progress(notice);
  const first = requireWave(writeLabSettings(line, { retain: false }));
  const chosen = await chooseCluster(process.env, first, (text) => {
    report.progress(text);
  });
  const { region } = first;
  const name = clusterNameOf(first);
  const others = firstLines
    .filter((one) => one !== line)
    .filter((one) => only?.includes(one) ?? true)
    .map((one) => ({
      line: one,
      settings: writeLabSettings(one, { retain: false }),
    }));
  const emulator = await startEmulator({
    python,
    region,
    accountId: labAccount,
    deployerRole: first.access.deployer,
    kube:
      "binaries" in chosen
        ? {
            ...chosen,
            clusters: Object.fromEntries(
              [first, ...others.map(({ settings }) => settings)].map((one) => [
                clusterNameOf(one),
                one.cluster.serviceCidr,
              ]),
            ),
          }
        : undefined,
    principals: principalsOf([
      first,
      ...others.map(({ settings }) => settings),
    ]),
  });
  report.progress(`emulated AWS at ${emulator.endpoint}`);
  const aws: Aws = {
    endpoint: emulator.endpoint,
    region,
    accountId: labAccount,
  };

  const hostedZoneId = await makeHostedZone(
    aws,
    first.wave.hostname.split(".").slice(1).join("."),
  );
  const settings = writeLabSettings(line, { retain: false, hostedZoneId });
  await makeOperatorObjects(aws, settings, [
    settings,
    ...others.map((other) => other.settings),
  ]);
  attachDeployerPolicies(settings);

  const env = labEnv(aws, line, providers);
  const open = { chosen, kubeconfigs: emulator.kubeconfigs, providers, aws };
  const workloads = await openWorkloads(report, {
    ...open,
    name,
    autoscaler: renderedFor(first),
  });
  const workloadsOf: Partial<Record<Environment, Workloads>> = {};
  if ("binaries" in chosen)
    for (const other of others)
      workloadsOf[environmentOf(other.line)] = await openWorkloads(
        report.of(other.line),
        {
          ...open,
          name: clusterNameOf(other.settings),
          systemNodes: systemNodes(other.settings),
          releases:
            other.settings.delivery &&
            deliveryReleases(systemNodes(other.settings)),
          autoscaler: isScaled(other.settings)
            ? renderedFor(other.settings)
            : undefined,
        },
      );
  adapt({ report, providers }, [readStack("state", writeStateStack(settings))]);
  const stateBucket = makeStateBucket(report, settings, env);
  const before = Promise.race([stateBucket, bucketStands()]).then(() =>
    inventory(aws),
  );
  // A failure is reported by whoever waits for it.
  before.catch(() => undefined);
  return {
    report,
    line,
    emulator,
    aws,
    hostedZoneId,
    providers,
    env,
    // A translation of it is none of Terraform's business.
    stacks: workloads?.chartRepository ? [...stacks, "workloads"] : stacks,
    workloads,
    workloadsOf,
    before,
    settings,
    stateBucket,
  };
}

/**
 * The same account for another line. Where its environment has no cluster of its own, it leaves the only one to the first
 * environment unless it is alone.
 */
export function onLine(lab: Lab, line: Line, alone = true): Lab {
  const report = lab.report.of(line);
  const env = labEnv(lab.aws, line, lab.providers);
  const environment = environmentOf(line);
  if (environment === "lab") return { ...lab, line, report, env };
  const workloads =
    lab.workloadsOf[environment] ?? (alone ? lab.workloads : undefined);
  if (workloads) {
    const stacks = [...lab.stacks, ...platformStacks(line, workloads)];
    return { ...lab, line, report, env, workloads, stacks };
  }
  const stacks = lab.stacks.filter((id) => id !== "workloads");
  return { ...lab, line, report, env, stacks, workloads: undefined };
}

const isScaled = ({ cluster }: Settings): boolean =>
  cluster.kind === "created" && cluster.autoscaler !== undefined;

/** Stacks of the platforms beside Wave: Terraform makes objects of AWS and of Kubernetes in each. */
function platformStacks(
  line: Line,
  { chartRepository }: Pick<Workloads, "chartRepository">,
): string[] {
  const { computeEnv, delivery, emg } = labSettings(line, { retain: false });
  if (chartRepository === undefined) return [];
  return [
    ...(computeEnv === undefined ? [] : ["compute-env"]),
    ...(delivery === undefined ? [] : ["delivery"]),
    ...(emg === undefined ? [] : ["emg"]),
  ];
}

/** Overrides beside each stack; prints what they leave out. */
export function adapt(
  {
    report,
    providers,
    workloads,
  }: Pick<Lab, "report" | "providers" | "workloads">,
  stacks: readonly SynthesizedStack[],
): void {
  const dropped = writeOverrides(stacks, providers.standIn);
  if (workloads?.login) writeClusterOverrides(stacks, workloads.login);
  if (dropped.length > 0)
    report.progress(`left out for the older provider: ${dropped.join(", ")}`);
}

/**
 * `npm run state -- --yes`. Its own state is a file; one of an earlier run speaks of an emulator that has ended.
 * @throws Stop when it fails.
 */
async function makeStateBucket(
  report: Report,
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { prefix } = namesOf(settings);
  rmSync(projectFile(".state", prefix), { recursive: true, force: true });
  const step = "state";
  const script = ["scripts/run.mjs", "scripts/state.ts", "--yes"];
  const result = await run(process.execPath, script, { step, env });
  const passed = result.code === 0;
  if (!report.check("npm run state", passed, failureOf(step, result)))
    throw new Stop();
}

/** The bucket can be used a minute before its script ends: the provider then only watches the lifecycle rules settle. */
async function bucketStands(): Promise<void> {
  await until("the state bucket", 180, () => {
    const log = readLog(paths.requestLog);
    const stands =
      log.some(({ operation }) => operation === "CreateAlias") &&
      ["?encryption=", "?lifecycle="].every((part) =>
        log.some(
          ({ method, request }) => method === "PUT" && request.endsWith(part),
        ),
      );
    return stands || undefined;
  });
}
