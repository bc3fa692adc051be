import { escapeTemplate } from "../../lib/terraform-escape";
import { type WaveSettings } from "../settings/schema";
import { smokeTest } from "./checks";
import { curlCommand } from "./curl";
import { clientsOf } from "../release/clients";

/**
 * The smoke test as shell commands, for a machine without this project. The last line says which clients fit
 * the release.
 */
export function verifyCommands(settings: WaveSettings): string[] {
  const { hostname, version } = settings.wave;
  const commands = [
    ...smokeTest(settings).map((check) => curlCommand(check, hostname)),
    `# ${clientsOf(version)}`,
  ];
  // curl's %{…} is no directive of Terraform.
  return commands.map(escapeTemplate);
}

/** Environment of Seqera Platform that pairs it with this Wave. */
export function platformEnv({ wave }: WaveSettings): Record<string, string> {
  return {
    TOWER_ENABLE_WAVE: "true",
    WAVE_SERVER_URL: `https://${wave.hostname}`,
  };
}
