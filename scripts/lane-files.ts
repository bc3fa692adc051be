import { readFileSync } from "node:fs";
import { projectFile } from "../modules/lib/project-file";
import { DEFAULT_LANE, LANES, laneOf } from "../modules/core/versions/lanes";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const enginesOf = (node: readonly string[]) => ({
  node: node.map((lowest) => `^${lowest}`).join(" || "),
});

/**
 * Files that repeat what `lanes.json` says, for programs that read no other: npm, and managers of Node.js and Terraform
 * versions.
 */
export function laneFiles(): Record<string, string> {
  const { node, nodeVersion, terraform } = laneOf({ LANE: DEFAULT_LANE });
  const manifest = JSON.parse(
    readFileSync(projectFile("package.json"), "utf8"),
  ) as object;
  const own = LANES.flatMap(({ name, folder, node, packages }) =>
    folder === undefined
      ? []
      : [
          [
            `${folder}/package.json`,
            json({
              name: `wave-on-eks-lane-${name}`,
              private: true,
              engines: enginesOf(node),
              dependencies: packages,
              // Bindings of another engine name it as their peer: they shall take the lane's.
              overrides: { cdktf: "$cdktf" },
            }),
          ] as const,
        ],
  );
  return {
    ".nvmrc": `${nodeVersion}\n`,
    ".terraform-version": `${terraform.version}\n`,
    "package.json": json({ ...manifest, engines: enginesOf(node) }),
    ...Object.fromEntries(own),
  };
}
