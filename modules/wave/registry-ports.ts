import { portOf } from "../core/registries";
import { type CoreSettings } from "../core/settings/schema";
import { type WaveSettings } from "./settings/schema";

/**
 * Ports of the registries that Wave, builds and their nodes pull from and push to: those that images, repositories and logins of
 * the settings name, and `wave.egress.ports`. 80 and 443 are open anyway.
 */
export function registryPorts({
  charts,
  registries = [],
  wave,
}: WaveSettings & Pick<CoreSettings, "charts">): number[] {
  const references = [
    ...Object.values(charts).flatMap((chart) => Object.values(chart)),
    ...Object.values(wave.images),
    wave.publicRepository,
    wave.build.cache,
    ...registries.map(({ host }) => `${host}/`),
  ];
  const ports = [
    ...references.filter((one) => typeof one === "string").flatMap(portOf),
    ...wave.egress.ports,
  ];
  return [...new Set(ports)].sort((one, other) => one - other);
}
