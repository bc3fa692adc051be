import { dnsSuffixOf } from "../lib/aws-partition";
import { type Document } from "../lib/template";
import { escapeTemplate } from "../lib/terraform-escape";
import { type Settings } from "../settings/schema";

type Section = Record<string, Document>;

/** Parts of `config.yml` that exist only when the settings ask for them; an absent key leaves Wave's own default. */
export function optionalSections(settings: Settings): Section[] {
  return [
    mail(settings),
    registries(settings),
    jobImages(settings),
    rateLimit(settings),
    publicRepository(settings),
    license(settings),
  ].filter((section) => section !== undefined);
}

/** CFG-21; goes with the environments `mail` and `aws-ses`. */
function mail({ wave }: Settings): Section | undefined {
  return wave.mail && { mail: { from: wave.mail.sender } };
}

/**
 * Registries that Wave logs in to (CFG-R1, CFG-R2). ECR only with a key: an entry without one fails every request to
 * that host (`wave.md` 5.3).
 */
function registries({
  accountId,
  region,
  wave,
}: Settings): Section | undefined {
  const ecrHost = `${accountId}.dkr.ecr.${region}.${dnsSuffixOf(region)}`;
  const entries: Section = {};
  if (wave.secrets.dockerHub !== undefined)
    entries["docker.io"] = login("DOCKER_USER:", "DOCKER_PAT:");
  if (wave.secrets.quay !== undefined)
    entries["quay.io"] = login("QUAY_USER:", "QUAY_PAT:");
  if (wave.classic.ecrKeySecret !== undefined)
    entries[ecrHost] = login("WAVE_ECR_ACCESS_KEY", "WAVE_ECR_SECRET_KEY");
  return Object.keys(entries).length === 0
    ? undefined
    : { wave: { registries: entries } };
}

/** Placeholders that Wave fills from its environment; a trailing colon means "empty when unset". */
const login = (user: string, password: string): Section => ({
  username: escapeTemplate(`\${${user}}`),
  password: escapeTemplate(`\${${password}}`),
});

/** Mirrors of the images that build and scan pods run (CFG-R8, VER-06). */
function jobImages({ wave }: Settings): Section | undefined {
  const { kaniko, singularity, scanner } = wave.images;
  const build: Section = {};
  if (kaniko !== undefined) build["kaniko-image"] = kaniko;
  if (singularity !== undefined) build["singularity-image"] = singularity;
  const sections: Section = {};
  if (Object.keys(build).length > 0) sections.build = build;
  if (scanner !== undefined) sections.scan = { image: { name: scanner } };
  return Object.keys(sections).length === 0 ? undefined : { wave: sections };
}

/** CFG-R5; goes with the environment `rate-limit`. */
function rateLimit({ wave }: Settings): Section | undefined {
  return (
    wave.rateLimit && {
      "rate-limit": {
        pull: {
          anonymous: wave.rateLimit.pullAnonymous,
          authenticated: wave.rateLimit.pullAuthenticated,
        },
        build: {
          anonymous: wave.rateLimit.buildAnonymous,
          authenticated: wave.rateLimit.buildAuthenticated,
        },
      },
    }
  );
}

/** CFG-R6. */
function publicRepository({ wave }: Settings): Section | undefined {
  if (wave.publicRepository === undefined) return undefined;
  return { wave: { build: { "public-repo": wave.publicRepository } } };
}

/** CFG-R9. */
function license({ wave }: Settings): Section | undefined {
  if (wave.licenseServerUrl === undefined) return undefined;
  return { license: { server: { url: wave.licenseServerUrl } } };
}
