import { App, TerraformDataSource, TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildApp } from "../../modules/app";
import { type Settings } from "../../modules/schema";
import { type StackJson } from "./synth";

/** A resource or data source as the code placed it, which the JSON may have lost. */
export interface Placed {
  readonly stack: string;
  /** `aws_vpc.vpc`, `data.aws_lb.load-balancer`. */
  readonly address: string;
  /** `network/vpc/Default`. */
  readonly path: string;
  /** Whether the provider takes tags for it. */
  readonly taggable: boolean;
}

/** All that one synth of an environment tells: what was placed, and what was written. */
export interface Environment {
  readonly settings: Settings;
  /** JSON by stack id. */
  readonly stacks: Readonly<Record<string, StackJson>>;
  /** For each stack those that Terraform handles before it. */
  readonly order: Readonly<Record<string, readonly string[]>>;
  readonly placed: readonly Placed[];
}

/**
 * Synthesizes as the app command does, and with CDKTF's validation, which it leaves out; removes the folder.
 *
 * @param build Places the stacks. Unset: those of the settings.
 */
export function environmentOf(
  settings: Settings,
  build: (app: App) => App = (app) => buildApp(settings, app),
): Environment {
  const outdir = mkdtempSync(join(tmpdir(), "wave-environment-"));
  try {
    const app = build(new App({ outdir }));
    app.synth();
    const read = (...file: string[]): unknown =>
      JSON.parse(readFileSync(join(outdir, ...file), "utf8"));
    const manifest = read("manifest.json") as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    const ids = Object.keys(manifest.stacks);
    return {
      settings,
      stacks: Object.fromEntries(
        ids.map((id) => [id, read("stacks", id, "cdk.tf.json") as StackJson]),
      ),
      order: Object.fromEntries(
        ids.map((id) => [id, manifest.stacks[id]?.dependencies ?? []]),
      ),
      placed: app.node.findAll().flatMap(placedAs),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function placedAs(construct: IConstruct): Placed[] {
  const isData = TerraformDataSource.isTerraformDataSource(construct);
  if (!isData && !TerraformResource.isTerraformResource(construct)) return [];
  const { terraformResourceType, friendlyUniqueId, node } = construct;
  return [
    {
      stack: node.path.split("/")[0] ?? "",
      address: `${isData ? "data." : ""}${terraformResourceType}.${friendlyUniqueId}`,
      path: node.path,
      taggable: "tagsInput" in construct,
    },
  ];
}
