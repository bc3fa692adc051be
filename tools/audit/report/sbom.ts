import { PackageURL } from "packageurl-js";
import { laneOf } from "../../../modules/core/versions/lanes";
import { type Settings } from "../../../modules/schema";
import { type Graph, type StackJson, type Subject, ofType } from "../graph";
import { type StartedImage, imagesOf } from "../../versions/images";
import { laneVersions, versionsIn } from "../../versions/selected";
import { type Audited } from "./audited";
import {
  type Component,
  lockedPackages,
  packageComponent,
} from "./sbom-packages";

/** The bill of materials: without a serial number and a time of day, so that the same audit gives the same file. */
export function sbomOf(
  { environment, day, commit, lock, synthesized }: Audited,
  settings: Settings,
  graph: Graph,
): string {
  const components = [
    ...imagesOf(settings).map(imageComponent),
    ...ofType(graph, "helm_release").flatMap(chart),
    ...versionsIn(graph).flatMap(deployed),
    ...Object.values(synthesized.stacks).flatMap(providers),
    ...laneVersions(laneOf()).flatMap(program),
    ...lockedPackages(lock),
  ];
  const byName = new Map(
    components.map((one) => [
      one.purl ?? `${one.name} ${one.version ?? ""}`,
      one,
    ]),
  );
  return `${JSON.stringify({
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: `${day}T00:00:00Z`,
      component: {
        type: "application",
        "bom-ref": "environment",
        name: `Wave on EKS, ${environment}`,
        version: commit.id,
      },
    },
    components: [...byName.values()],
    // What is inside of images, charts, add-ons and node images is not here.
    compositions: [{ aggregate: "incomplete" }],
  })}\n`;
}

/** By the digest where the name has one. The tag is a qualifier: what it stands for can change. */
function imageComponent(image: StartedImage): Component {
  const { registry, repository, tag, digest, product, startedBy } = image;
  const isOfficial = registry === "docker.io" && !repository.includes("/");
  const path = `${registry}/${isOfficial ? "library/" : ""}${repository}`;
  const qualifiers = { repository_url: path, ...(tag && { tag }) };
  return {
    type: "container",
    name: `${registry}/${repository}`,
    version: tag ?? digest,
    description: `${product}. ${startedBy}`,
    purl: purl("oci", path.replace(/^.*\//, ""), digest, qualifiers),
  };
}

/** A chart without a repository is a folder of this project. */
function chart({ body }: Subject): Component[] {
  if (typeof body.repository !== "string") return [];
  const [name, version] = [String(body.chart), String(body.version)];
  const from = { repository_url: body.repository };
  const type = "application";
  const ref = purl("helm", name, version, from);
  return [{ type, name: `chart ${name}`, version, purl: ref }];
}

/** Cluster, node images, add-ons, engines. What EKS chooses has no version before a deploy. */
function deployed({ subject: name, version }: Versioned): Component[] {
  if (name.startsWith("chart ")) return [];
  const chosen = version.startsWith("EKS's");
  const what = chosen ? { description: version } : { version };
  return [{ type: "platform", name, ...what }];
}

type Versioned = ReturnType<typeof versionsIn>[number];

function providers({ terraform = {} }: StackJson): Component[] {
  const required = (terraform.required_providers ?? {}) as Readonly<
    Record<string, { readonly source: string; readonly version: string }>
  >;
  return Object.values(required).map(({ source, version }) => {
    const name = source.includes("/") ? source : `hashicorp/${source}`;
    const url = `https://registry.terraform.io/providers/${name}/${version}`;
    return {
      type: "library",
      name: `Terraform provider ${name}`,
      version,
      externalReferences: [{ type: "distribution", url }],
    };
  });
}

/** What runs Terraform, and packages that the lane brings beside those of `package-lock.json`. */
function program({ subject: name, version }: Versioned): Component[] {
  if (name.startsWith("Terraform provider ")) return [];
  const isPackage = /^[@a-z]/.test(name);
  if (isPackage) return [packageComponent(name, { version })];
  return [{ type: "application", name, version }];
}

const purl = (
  type: "oci" | "helm",
  name: string,
  version: string | undefined,
  qualifiers: Record<string, string>,
): string =>
  new PackageURL(type, undefined, name, version, qualifiers).toString();
