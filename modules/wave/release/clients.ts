import { hasFeature, isCurrentRelease } from "./feature-versions";

/** Clients that speak the release's API, in one sentence. */
export function clientsOf(version: string): string {
  if (isCurrentRelease(version))
    return "Clients: wave-cli 1.8.2 and any Nextflow; older Nextflow releases ask through an API that is deprecated";
  return hasFeature(version, "containerApi")
    ? "Clients: wave-cli up to 1.4 and Nextflow before 24.10; newer ones ask for a status that Wave has from 1.13.0"
    : "Clients: wave-cli 1.2.0 and Nextflow 23.10 or older; newer ones need Wave 1.6.0 or later";
}
