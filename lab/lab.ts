import { rmSync } from "node:fs";
import { clusterNameOf } from "../modules/aws/eks-cluster";
import { namesOf } from "../modules/lib/names";
import { projectFile } from "../modules/lib/project-file";
import { type Settings } from "../modules/settings/schema";
import { writeStateStack } from "../modules/state-app";
import { makeHostedZone, makeOperatorObjects } from "./account";
import { type Aws } from "./aws-client";
import { type EmulatorFile, startEmulator } from "./emulator-client";
import { labEnv } from "./environment";
import { type Existing, inventory } from "./inventory";
import { findMoto } from "./moto";
import { chooseCluster } from "./choose-cluster";
import { writeClusterOverrides } from "./cluster-override";
import { principalsOf } from "./kube/principals";
import { writeOverrides } from "./overrides";
import { paths } from "./paths";
import { run, until } from "./process";
import { type Providers, prepareProviders } from "./provider-mirror";
import { type Report, Stop, failureOf } from "./report";
import { readLog } from "./request-log";
import { labAccount, writeLabSettings } from "./settings";
import { type SynthesizedStack, readStack, synthesize } from "./synthesized";
import { type Workloads, openWorkloads } from "./workloads";

/** An emulated account that is ready for the first deploy. */
export interface Lab {
  readonly report: Report;
  readonly emulator: EmulatorFile;
  readonly aws: Aws;
  readonly hostedZoneId: string;
  readonly providers: Providers;
  readonly env: NodeJS.ProcessEnv;
  readonly stacks: readonly string[];
  /** Undefined when `workloads` is not part of the run. */
  readonly workloads?: Workloads;
  /** What exists before any deploy. */
  readonly before: readonly Existing[];
  /** Ends when `npm run state` has ended. */
  readonly stateBucket: Promise<void>;
  settings: Settings;
}

/** Emulator, operator's objects, settings, providers: everything but the stacks. */
export async function openLab(
  report: Report,
  stacks: readonly string[],
): Promise<Lab> {
  rmSync(paths.output, { recursive: true, force: true });
  rmSync(paths.logs, { recursive: true, force: true });
  const { python, notice } = await findMoto((text) => {
    report.say(text);
  });
  report.say(notice);
  const first = writeLabSettings({ retain: false });
  const chosen = await chooseCluster(process.env, first);
  const { region } = first;
  const name = clusterNameOf(first);
  const emulator = await startEmulator({
    python,
    region,
    accountId: labAccount,
    deployerRole: first.access.deployer,
    kube: "binaries" in chosen ? { ...chosen, clusters: [name] } : undefined,
    principals: principalsOf(first),
  });
  report.say(`emulated AWS at ${emulator.endpoint}`);
  const aws: Aws = {
    endpoint: emulator.endpoint,
    region,
    accountId: labAccount,
  };

  const hostedZoneId = await makeHostedZone(
    aws,
    first.wave.hostname.split(".").slice(1).join("."),
  );
  const settings = writeLabSettings({ retain: false, hostedZoneId });
  await makeOperatorObjects(aws, settings);

  const synthesized = await synthesize([...stacks, "workloads"], labEnv(aws));
  const providers = prepareProviders(synthesized);
  providers.notices.forEach((text) => {
    report.notice(text);
  });
  const env = labEnv(aws, providers);
  const workloads = await openWorkloads(report, {
    chosen,
    name,
    kubeconfigs: emulator.kubeconfigs,
    providers,
    aws,
  });
  adapt({ report, providers }, [readStack("state", writeStateStack(settings))]);
  const stateBucket = makeStateBucket(report, settings, env);
  await Promise.race([stateBucket, bucketStands()]);
  return {
    report,
    emulator,
    aws,
    hostedZoneId,
    providers,
    env,
    // A translation of it is none of Terraform's business.
    stacks: workloads?.chartRepository ? [...stacks, "workloads"] : stacks,
    workloads,
    before: await inventory(aws),
    settings,
    stateBucket,
  };
}

/** Overrides beside each stack; says what they leave out. */
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
    report.say(`left out for the older provider: ${dropped.join(", ")}`);
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
