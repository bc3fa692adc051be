import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { hasGo } from "../kube/build-programs";
import { type Way, bring, userCache } from "../system/bring";
import { mustRun } from "../system/process";

/** Go modules that build OpenTofu, and pin the version of the lanes that have it. */
export const openTofuModule = projectFile("tools/lab/terraform/opentofu");

const PACKAGE = "github.com/opentofu/opentofu";

/** By the Go of this machine, which checks each module against `go.sum`. */
export const buildOpenTofu =
  (env: NodeJS.ProcessEnv, print: (text: string) => void): Way =>
  async (folder) => {
    if (!hasGo(env)) throw new Error("OpenTofu is not built: there is no Go");
    print("building OpenTofu from Go modules, once: one to five minutes");
    await mustRun(
      "go",
      [
        ...["build", "-trimpath", "-mod=readonly"],
        // The version that it says of itself, as in its own build: of a release.
        ...["-ldflags", `-s -w -X ${PACKAGE}/version.dev=no`],
        ...["-o", join(folder, "tofu"), `${PACKAGE}/cmd/tofu`],
      ],
      {
        step: "build-tofu",
        env: { ...env, CGO_ENABLED: "0" },
        cwd: openTofuModule,
      },
    );
  };

/**
 * OpenTofu in the user's cache, brought there where it is not.
 * @returns its path, or why there is none.
 */
export async function cachedOpenTofu(
  version: string,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
  build: Way,
): Promise<{ readonly path: string } | { readonly lacks: string }> {
  const folder = join(userCache(env), "tofu-lab", `bin-${version}`);
  const lacks = await bring(folder, "OpenTofu", [build], print);
  return lacks === undefined ? { path: join(folder, "tofu") } : { lacks };
}
