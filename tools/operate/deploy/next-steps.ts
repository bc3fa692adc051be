import { hasWave } from "../../../modules/schema";
import { clientsOf } from "../../../modules/wave/release/clients";
import { hasBuilds } from "../../../modules/wave/release/line";
import { type Target } from "../target";
import { outputsOf } from "../terraform/stacks";

/** What a person does after a deploy, one line each. */
export async function nextSteps(target: Target): Promise<string[]> {
  const { environment, settings } = target;
  if (!hasWave(settings)) return [`npx wave-eks plan ${environment}`];
  const outputs = await outputsOf(target, "workloads").catch(
    (): Record<string, unknown> => ({}),
  );
  const pairs = (name: string): string[] =>
    Object.entries((outputs[name] ?? {}) as Record<string, unknown>).map(
      ([key, value]) => `${key}=${String(value)}`,
    );
  const records = pairs("dns_records");
  return [
    ...(records.length > 0
      ? [`make these DNS records: ${records.join(", ")}`]
      : []),
    `set on Seqera Platform, once, and restart it: ${pairs("platform_env").join(" ")}`,
    `npx wave-eks verify ${environment}`,
    ...(hasBuilds(settings)
      ? [`a first build, as in README.md; ${clientsOf(settings.wave.version)}`]
      : []),
  ];
}
