import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";

type Level = "restricted" | "baseline" | "privileged";

/** Pod Security of a namespace. */
export interface PodSecurity {
  readonly enforce: Level;
  readonly report: Level;
}

export type Line = "classic" | "current";

/** VK-14: Pod Security of Wave's own namespace (K8S-01). */
export const serverSecurity = ({
  wave,
}: Pick<Settings, "wave">): PodSecurity => ({
  enforce: wave.hardening.runAsNonRoot ? "restricted" : "baseline",
  report: "restricted",
});

/** VK-14: Pod Security of the build namespace (K8S-06). */
export const buildSecurity = (
  line: Line,
  { wave }: Pick<Settings, "wave">,
): PodSecurity => ({
  enforce:
    line === "current" || wave.build.singularity ? "privileged" : "baseline",
  report: "baseline",
});

/** VK-08: claims, the namespace they are in, and the volume each is bound to. */
export const claims: readonly {
  readonly claim: string;
  readonly volume: string;
  readonly namespace: "server" | "build";
  readonly lines: readonly Line[];
}[] = [
  {
    claim: "wave-app-fs",
    volume: "wave-app-pv",
    namespace: "server",
    lines: ["classic", "current"],
  },
  {
    claim: "wave-build-fs",
    volume: "wave-build-pv",
    namespace: "build",
    lines: ["classic", "current"],
  },
  {
    claim: "surreal-fs",
    volume: "surreal-pv",
    namespace: "server",
    lines: ["classic"],
  },
];
