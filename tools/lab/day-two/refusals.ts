import { type Lab } from "../lab";
import { type Patch, patched } from "../settings";
import { prepareStacks } from "../steps/steps";
import { planError } from "../terraform/plan";

/** A change that AWS cannot make: the plan of `network`, the first of a deploy, refuses it by the name of the setting. */
interface Refusal {
  readonly setting: string;
  readonly change: Patch;
}

const refusals: readonly Refusal[] = [
  { setting: "network.cidr", change: { network: { cidr: "10.60.0.0/16" } } },
  { setting: "network.zones", change: { network: { zones: ["a", "c"] } } },
  { setting: "cluster.version", change: { cluster: { version: "1.35" } } },
  {
    setting: "cluster.serviceCidr",
    change: { cluster: { serviceCidr: "10.110.0.0/16" } },
  },
];

/** The same of the current line, whose Redis has a password. */
const currentRefusals: readonly Refusal[] = [
  ...refusals,
  { setting: "data.redis.auth", change: { data: { redis: { auth: false } } } },
];

/** Plans each of them beside an environment that stands, and leaves its settings as they were. */
export async function checkRefusals(lab: Lab): Promise<void> {
  const { report, env } = lab;
  const patch = lab.patch ?? {};
  for (const { setting, change } of lab.line === "classic"
    ? refusals
    : currentRefusals) {
    lab.patch = patched(patch, change);
    const stacks = await prepareStacks(lab, lab.settings.retain);
    const network = stacks.find(({ id }) => id === "network");
    if (network === undefined) continue;
    const step = `refused-${setting}`;
    const error = await planError(network, { step, env });
    report.check(
      `${setting}: a change that AWS cannot make is refused at plan`,
      error?.includes(`${setting} `) === true,
      error?.slice(0, 400) ?? "it was planned",
    );
  }
  lab.patch = patch;
  await prepareStacks(lab, lab.settings.retain);
}
