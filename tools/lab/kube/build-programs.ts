import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { mustRun } from "../system/process";
import { moduleFolders, programVersions } from "./program-versions";

/** What Go builds, from the smallest to the largest. */
const packages: readonly {
  readonly program: string;
  readonly folder: string;
  readonly path: string;
}[] = [
  { program: "etcd", path: "go.etcd.io/etcd/server/v3" },
  { program: "kubectl", path: "k8s.io/kubernetes/cmd/kubectl" },
  { program: "kube-scheduler", path: "k8s.io/kubernetes/cmd/kube-scheduler" },
  {
    program: "kube-controller-manager",
    path: "k8s.io/kubernetes/cmd/kube-controller-manager",
  },
  { program: "kube-apiserver", path: "k8s.io/kubernetes/cmd/kube-apiserver" },
]
  .map((one) => ({ ...one, folder: moduleFolders.kubernetes }))
  .concat({
    program: "kwok",
    folder: moduleFolders.kwok,
    path: "sigs.k8s.io/kwok/cmd/kwok",
  });

export const hasGo = (env: NodeJS.ProcessEnv): boolean =>
  spawnSync("go", ["version"], { env }).status === 0;

/** The version that a program of Kubernetes says of itself: its own build writes it in by the linker. */
export function linkerFlags(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  const set = (name: string, value: string): string =>
    `-X k8s.io/component-base/version.${name}=${value}`;
  return [
    "-s -w",
    set("gitVersion", `v${version}`),
    set("gitMajor", major),
    set("gitMinor", minor),
  ].join(" ");
}

/**
 * Builds all programs from Go modules into a folder. Go checks each module against `go.sum`.
 * @throws Error that names the log of what did not build.
 */
export async function buildPrograms(
  folder: string,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<void> {
  const flags = linkerFlags(programVersions().kubernetes);
  for (const [i, { program, folder: cwd, path }] of packages.entries()) {
    print(`go build ${path} (${i + 1} of ${packages.length})`);
    await mustRun(
      "go",
      [
        ...["build", "-trimpath", "-mod=readonly", "-ldflags", flags],
        ...["-o", join(folder, program), path],
      ],
      { step: `build-${program}`, env: { ...env, CGO_ENABLED: "0" }, cwd },
    );
  }
}
