import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type KubernetesObject } from "../../operate/manifests/manifests";

/** Controllers of Flux that a folder has to hold; each runs as the account of its name. */
export const FLUX_CONTROLLERS = [
  "source-controller",
  "kustomize-controller",
  "helm-controller",
] as const;

/** Flux's controllers as programs, and the CustomResourceDefinitions that belong to them. */
export interface FluxPrograms {
  readonly folder: string;
  readonly crds: readonly KubernetesObject[];
}

/**
 * What `LAB_FLUX_CONTROLLERS` names; an empty one counts as unset.
 * @throws Error when the folder lacks a program or the definitions.
 */
export function fluxPrograms(
  folder: string | undefined,
): FluxPrograms | undefined {
  if (folder === undefined || folder === "") return undefined;
  const crds = join(folder, "crds");
  const missing = [
    ...FLUX_CONTROLLERS.map((name) => join(folder, name)),
    crds,
  ].filter((path) => !existsSync(path));
  if (missing.length > 0)
    throw new Error(
      `LAB_FLUX_CONTROLLERS ${folder} has no ${missing.join(", no ")}: it holds source-controller, kustomize-controller and helm-controller, and their CustomResourceDefinitions in crds/*.yaml`,
    );
  return {
    folder,
    crds: readdirSync(crds)
      .filter((name) => name.endsWith(".yaml"))
      .flatMap((name) =>
        parseAllDocuments(readFileSync(join(crds, name), "utf8")),
      )
      .map((document) => document.toJS() as KubernetesObject),
  };
}
