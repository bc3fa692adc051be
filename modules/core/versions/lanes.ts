import table from "../../../lanes.json";

/** What plans and applies: the releases that may run, in Terraform's words, and the one that is installed and tested. */
export interface Program {
  readonly range: string;
  readonly version: string;
}

/** One tool chain: whatever synthesizes, plans and applies the stacks, by exact version. */
export interface Lane {
  readonly name: string;
  /** Where its packages are installed. @default those of the project's package.json */
  readonly folder?: string;
  /** Of each major of Node.js that is accepted, the lowest version. */
  readonly node: readonly string[];
  /** Node.js that is installed and tested. */
  readonly nodeVersion: string;
  readonly terraform: Program;
  /** Unset: OpenTofu is refused. */
  readonly opentofu?: Program;
  /** Command that deploys. */
  readonly cli: string;
  /** Packages of npm that the lane has of its own, as `package.json` writes them. */
  readonly packages: Readonly<Record<string, string>>;
  /** Terraform providers, by their local name. */
  readonly providers: Readonly<Record<"aws" | "helm" | "kubernetes", string>>;
}

/** The lane of those who choose none. */
export const DEFAULT_LANE = table.default;

/** Every lane of `lanes.json`. */
export const LANES: readonly Lane[] = Object.entries(table.lanes).map(
  ([name, lane]) => ({ name, ...lane }),
);

/**
 * The lane of a run: variable `LANE`, or the default; an empty one counts as none.
 *
 * @throws Error for a lane that is not in `lanes.json`.
 */
export function laneOf(env: NodeJS.ProcessEnv = process.env): Lane {
  const wanted = env.LANE === "" ? DEFAULT_LANE : (env.LANE ?? DEFAULT_LANE);
  const lane = LANES.find(({ name }) => name === wanted);
  if (lane === undefined)
    throw new Error(
      `LANE is "${wanted}": lanes.json has ${LANES.map(({ name }) => name).join(" and ")}. Set it to one of them, or leave it unset for ${DEFAULT_LANE}.`,
    );
  return lane;
}

/** A range of Terraform in the words of npm, such as `~1.11.4`: a last part after `~>` may grow in both. */
export const npmRange = ({ range }: Program): string =>
  range.replace(/~>\s*/, "~").replaceAll(",", "");

/** The versions of Node.js that a lane accepts, in the words of npm: `^20.20.0 || ^22.0.0`. */
export const nodeRange = ({ node }: Pick<Lane, "node">): string =>
  node.map((lowest) => `^${lowest}`).join(" || ");
