import { join } from "node:path";
import { type DeliverySettings } from "../../../modules/delivery/settings/schema";
import { hasDelivery } from "../../../modules/schema";
import { type DeliveryCheck } from "../checks/delivery/check";
import { deliveryOrderProblems } from "../checks/delivery/destroy-order";
import { checkFluxRights } from "../checks/delivery/rights";
import {
  type TwinRun,
  checkFolder,
  checkRefused,
  startTwinRun,
} from "../checks/delivery/twin-run";
import { fluxPrograms } from "../flux/programs";
import { auditLogOf, readAudit } from "../kube/audit";
import { type Workloads } from "../kube/workloads";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { readStack } from "../terraform/synthesized";
import { type Farewell } from "./compute-env";

const STACK = "delivery";

/** Flux's own controllers at work, by the cluster. */
const working = new Map<string, TwinRun>();

/** What there is of services that were deployed; undefined without them. */
function deployedIn({
  settings,
  stacks,
  workloads,
}: Lab): { settings: DeliverySettings; workloads: Workloads } | undefined {
  return workloads && hasDelivery(settings) && stacks.includes(STACK)
    ? { settings, workloads }
    : undefined;
}

/** After `cdktf deploy`: asks the living cluster, and lets Flux work where its controllers are there. */
export async function askDelivery(lab: Lab, step: string): Promise<void> {
  const found = deployedIn(lab);
  if (found?.settings.delivery.flux === undefined) return;
  const { settings, workloads } = found;
  const { api, cluster, name } = workloads;
  const check: DeliveryCheck = {
    ...{ report: lab.report, api, cluster, name, settings, step },
    values: valuesOf(lab),
    folder: join(paths.flux, settings.environment),
  };
  await checkFluxRights(check);
  const programs = fluxPrograms(process.env.LAB_FLUX_CONTROLLERS);
  if (programs === undefined) {
    lab.report.skip(
      `${step}: Flux's own controllers`,
      "LAB_FLUX_CONTROLLERS names no folder with them",
    );
    return;
  }
  const before = working.get(name);
  const twin = before ?? (await startTwinRun(check, programs));
  working.set(name, twin);
  await checkFolder(check, twin);
  if (before === undefined) await checkRefused(check, twin);
}

/** Values of the release of Flux, as Terraform has them. */
function valuesOf({ env }: Lab): string {
  const folder = join(env.CDKTF_OUTPUT ?? "", "stacks", STACK);
  const releases = Object.values(
    readStack(STACK, folder).json.resource?.helm_release ?? {},
  );
  const { values } = releases.find(({ chart }) => chart === "flux2") ?? {};
  return (values as readonly string[] | undefined)?.[0] ?? "";
}

/** Before `cdktf destroy`, during which Flux takes back what it made. */
export function beforeDeliveryDestroy(lab: Lab, step: string): Farewell {
  const found = deployedIn(lab);
  if (found === undefined) return { end: () => Promise.resolve() };
  const { settings, workloads } = found;
  return {
    end: () => {
      const { name } = workloads;
      const twin = working.get(name);
      working.delete(name);
      twin?.flux.stop();
      twin?.git.close();
      const audit = readAudit(auditLogOf(name));
      const problems = deliveryOrderProblems(
        settings,
        audit,
        twin !== undefined,
      );
      lab.report.check(
        `${step}: what Flux made, Flux, the services' namespaces and the last Ingress went in this order`,
        problems.length === 0,
        problems.join("; ") || undefined,
      );
      return Promise.resolve();
    },
  };
}
