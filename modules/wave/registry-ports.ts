import { type CoreSettings } from "../core/settings/schema";
import { type WaveSettings } from "./settings/schema";

/** Ports in references and addresses of registries: `registry.example.com:5000/kaniko:1.0` → 5000. */
const portIn = (reference: string): number[] =>
  /^[^/@]+:(\d+)\//.exec(reference)?.slice(1).map(Number) ?? [];

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
    ...references.filter((one) => typeof one === "string").flatMap(portIn),
    ...wave.egress.ports,
  ];
  return [...new Set(ports)].sort((one, other) => one - other);
}
