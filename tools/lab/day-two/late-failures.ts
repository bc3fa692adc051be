import { failLate, waitingFailures } from "../aws/emulator-client";
import { attempt } from "../faults/attempt";
import { unlockAll } from "../faults/recover";
import { type Lab } from "../lab";
import { Stop, failureOf } from "../report";
import { checkPlans, logOf, prepareStacks } from "../steps/steps";
import { mustRun } from "../system/process";
import { planError } from "../terraform/plan";
import { terraformOf } from "../../operate/terraform/binary";
import { type State, readState } from "../terraform/state";
import { type SynthesizedStack } from "../terraform/synthesized";

/** A creation that fails when the object exists: the operation that made it, and the first one afterwards that is refused. */
interface LateFailure {
  readonly type: string;
  readonly created: string;
  readonly then: string;
}

/** One for every type that `retain: true` protects on AWS. */
export const lateFailures: readonly LateFailure[] = [
  {
    type: "aws_kms_key",
    created: "kms.CreateKey",
    then: "kms.EnableKeyRotation",
  },
  {
    type: "aws_eks_cluster",
    created: "eks.CreateCluster",
    then: "eks.DescribeCluster",
  },
  {
    type: "aws_efs_file_system",
    created:
      "elasticfilesystem.(CreateFileSystem|POST /2015-02-01/file-systems)",
    then: "elasticfilesystem.(DescribeFileSystems|GET /2015-02-01/file-systems)",
  },
  {
    type: "aws_s3_bucket",
    // Not the bucket of the states.
    created: "s3.PUT /(?!.*-state-)[^/]+",
    // The provider asks again after a HEAD that was refused: that is how it waits for a new bucket.
    then: "s3.GET /(?!.*-state-)[^/]+",
  },
  {
    type: "aws_ecr_repository",
    created: "ecr.CreateRepository",
    then: "ecr.DescribeRepositories",
  },
  {
    type: "aws_backup_vault",
    created: "backup.(CreateBackupVault|PUT /backup-vaults/[^/]+)",
    then: "backup.(DescribeBackupVault|GET /backup-vaults/[^/]+)",
  },
  {
    type: "aws_elasticache_replication_group",
    created: "elasticache.CreateReplicationGroup",
    then: "elasticache.DescribeReplicationGroups",
  },
  {
    type: "aws_db_instance",
    created: "rds.CreateDBInstance",
    then: "rds.DescribeDBInstances",
  },
  {
    type: "aws_iam_openid_connect_provider",
    created: "iam.CreateOpenIDConnectProvider",
    then: "iam.GetOpenIDConnectProvider",
  },
  {
    type: "aws_sesv2_email_identity",
    created: "ses.(CreateEmailIdentity|POST /v2/email/identities)",
    then: "ses.(GetEmailIdentity|GET /v2/email/identities/[^/]+)",
  },
];

/** A resource whose creation failed after it existed. */
interface Tainted {
  readonly stack: SynthesizedStack;
  readonly address: string;
  readonly id: unknown;
}

/**
 * Deploys into an empty environment with `retain: true`, and lets one creation of each protected type fail when the object
 * exists. Terraform wants to replace it, and may not: the runbook's two commands, `terraform untaint` and the deploy again.
 */
export async function failLateEverywhere(lab: Lab): Promise<void> {
  const { report, emulator } = lab;
  const stacks = await prepareStacks(lab, true);
  await lab.before;
  for (const { created, then } of lateFailures)
    await failLate(emulator, created, then);
  const seen: Tainted[] = [];
  for (let round = 1; round <= 2 * lateFailures.length; round += 1) {
    const step = `late-failures-${round}`;
    const result = await attempt(lab, "deploy", step);
    if (result.code === 0) break;
    await unlockAll(lab, stacks);
    const tainted = await taintedIn(lab, stacks);
    if (tainted.length === 0) {
      report.check(step, false, failureOf(logOf(lab, step), result));
      throw new Stop();
    }
    if (seen.length === 0) await checkRefusal(lab, tainted[0]);
    for (const one of tainted) await untaint(lab, one);
    seen.push(...tainted);
  }
  const waiting = await waitingFailures(emulator);
  const types = new Set(seen.map(({ address }) => address.split(".")[0]));
  report.check(
    "late failures: each protected type was recovered by terraform untaint and a second deploy",
    waiting === 0 && lateFailures.every(({ type }) => types.has(type)),
    `${[...types].join(", ")}${waiting > 0 ? `; ${waiting} never happened` : ""}`,
  );
  await checkPlans(lab, stacks, "plan after late failures");
  const kept = await idsIn(lab, seen);
  report.check(
    "late failures: nothing was made twice",
    kept.every(Boolean),
    `${kept.filter(Boolean).length} of ${seen.length} have their id still`,
  );
}

async function taintedIn(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
): Promise<Tainted[]> {
  const found = stacks.map(async (stack) =>
    (await resourcesOf(lab, stack.id)).flatMap(({ type, name, instances }) =>
      instances
        .filter(({ status }) => status === "tainted")
        .map(({ attributes }) => ({
          stack,
          address: `${type}.${name}`,
          id: attributes.id,
        })),
    ),
  );
  return (await Promise.all(found)).flat();
}

const resourcesOf = async (
  { aws, settings }: Lab,
  stack: string,
): Promise<State["resources"]> =>
  (await readState(aws, settings, stack).catch(() => undefined))?.resources ??
  [];

/** Without the runbook the next run is refused: Terraform wants to replace what it may not destroy. */
async function checkRefusal(
  { report, env }: Lab,
  tainted: Tainted | undefined,
): Promise<void> {
  if (tainted === undefined) return;
  const step = "plan-of-tainted";
  const error = await planError(tainted.stack, { step, env });
  report.check(
    `late failures: the plan does not replace ${tainted.address}`,
    error?.includes("Instance cannot be destroyed") === true,
    error?.slice(0, 200) ?? "it was planned",
  );
}

async function untaint(
  { report, env }: Lab,
  { stack, address }: Tainted,
): Promise<void> {
  report.progress(`${stack.id}: terraform untaint ${address}`);
  await mustRun(terraformOf(env), ["untaint", address], {
    step: `untaint-${stack.id}`,
    env,
    cwd: stack.folder,
  });
}

const idsIn = (lab: Lab, seen: readonly Tainted[]): Promise<boolean[]> =>
  Promise.all(
    seen.map(async ({ stack, address, id }) =>
      (await resourcesOf(lab, stack.id)).some(
        ({ type, name, instances }) =>
          `${type}.${name}` === address &&
          instances.some(({ attributes }) => attributes.id === id),
      ),
    ),
  );
