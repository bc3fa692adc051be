import { lt } from "semver";
import { escapeTemplate } from "../lib/terraform-escape";
import { type Settings } from "../settings/schema";

const BODY = '{"containerImage":"docker.io/library/alpine:latest"}';

/**
 * Smoke test of an installed Wave: shell commands that need no credentials, print what they found and fail on another
 * answer (PRO-03, VE-01, 02, 04, 14, 16, 19). The last line says which clients fit the release (VER-05).
 */
export function verifyCommands({ wave }: Settings): string[] {
  const url = `https://${wave.hostname}`;
  const code = "curl -sS -o /dev/null -w '%{http_code}\\n'";
  const commands = [
    `curl -fsS ${url}/service-info | grep -F '"version":"${wave.version}"' # VE-01: the release that runs`,
    `curl -fsS ${url}/health | grep -F '"status":"UP"' # VE-02: healthy`,
    `curl -fsSi ${url}/v2/ | grep -i '^docker-distribution-api-version: registry/2.0' # VE-04: a registry`,
    anonymous(url, wave.allowAnonymous),
    `${code} ${url}/prometheus | grep -x 404 # VE-16: no metrics for the public`,
    `${code} ${url}/metrics | grep -x 404 # VE-16: no metrics for the public`,
    `curl -sS -o /dev/null -w '%{http_code} %{redirect_url}\\n' http://${wave.hostname}/ | grep -E '^301 https://' # VE-19: redirected to https`,
    `# ${clients(wave.version)}`,
  ];
  // curl's %{…} is no directive of Terraform.
  return commands.map(escapeTemplate);
}

/** A request without a token: refused, unless the settings allow it. */
function anonymous(url: string, allowed: boolean): string {
  const request = `curl -sS -w ' %{http_code}\\n' -H 'Content-Type: application/json' -d '${BODY}' ${url}/container-token`;
  return allowed
    ? `${request} | grep -E 'targetImage.* 200$' # VE-14: anonymous requests are allowed by the settings`
    : `${request} | grep -E 'Missing user access token.* 400$' # VE-14: no anonymous requests`;
}

/** Clients that speak the release's API (VER-05, INF-20). */
function clients(version: string): string {
  return lt(version, "1.6.0")
    ? "Clients: wave-cli 1.2.0 and Nextflow 23.10 or older; newer ones need Wave 1.6.0 or later (VER-05)"
    : "Clients: wave-cli up to 1.4 and Nextflow before 24.10; newer ones ask for a status that Wave has from 1.13.0 (VER-05)";
}

/** Environment of Seqera Platform that pairs it with this Wave (PP-01, INF-19). */
export function platformEnv({ wave }: Settings): Record<string, string> {
  return {
    TOWER_ENABLE_WAVE: "true",
    WAVE_SERVER_URL: `https://${wave.hostname}`,
  };
}
