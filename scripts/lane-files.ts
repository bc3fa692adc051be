import { readFileSync } from "node:fs";
import { projectFile } from "../modules/lib/project-file";
import {
  DEFAULT_LANE,
  LANES,
  laneOf,
  nodeRange,
} from "../modules/core/versions/lanes";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Files that repeat what `lanes.json` says, for programs that read no other: npm, and managers of Node.js and Terraform
 * versions.
 */
export function laneFiles(): Record<string, string> {
  const usual = laneOf({ LANE: DEFAULT_LANE });
  const manifest = JSON.parse(
    readFileSync(projectFile("package.json"), "utf8"),
  ) as object;
  const own = LANES.flatMap((lane) =>
    lane.folder === undefined
      ? []
      : [
          [
            `${lane.folder}/package.json`,
            json({
              name: `wave-on-eks-lane-${lane.name}`,
              private: true,
              engines: { node: nodeRange(lane) },
              dependencies: lane.packages,
              // Bindings of another engine name it as their peer: they shall take the lane's.
              overrides: { cdktf: "$cdktf" },
            }),
          ] as const,
        ],
  );
  return {
    ".nvmrc": `${usual.nodeVersion}\n`,
    ".terraform-version": `${usual.terraform.version}\n`,
    "package.json": json({ ...manifest, engines: { node: nodeRange(usual) } }),
    ...Object.fromEntries(own),
  };
}
