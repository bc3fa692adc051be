import { type IResolvable } from "cdktf";
import { type DeploymentV1Config } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type PolicyDocument } from "../../lib/policy";
import { type Problem } from "../../lib/problem";
import { type Document } from "../../lib/template";
import { type WaveSettings } from "../settings/schema";
import { hasBuilds, isClassic } from "../release/line";
import { type WaveObjects } from "../objects/objects";

/** Trust and permissions of one role. */
export interface RenderedRole {
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
}

/** Roles that Wave may have: of its server, its builds, the export, the login to ECR and the layer cache. */
export type RoleName = "server" | "build" | "export" | "ecr" | "cache";

/** Everything the static rules judge: the settings, and what they were rendered to. */
export interface Rendered {
  readonly settings: WaveSettings;
  readonly objects: WaveObjects;
  /** `config.yml` as dotted properties: `propertiesOf(objects.configFile)`. */
  readonly properties: ReadonlyMap<string, Document>;
  /** Roles of the shape (`wave.md` 5.2, DEC-15): what has none is absent. */
  readonly roles: Readonly<Partial<Record<RoleName, RenderedRole>>>;
}

/** A static rule: what is wrong, or nothing. */
export type RenderedRule = (rendered: Rendered) => Problem[];

/** What is deployed: a line with builds, or Wave Lite, which has none. Each has its own rules. */
export type Shape = "classic" | "current" | "lite";

/** Shape that settings ask for. */
export function shapeOf(settings: WaveSettings): Shape {
  if (isClassic(settings)) return "classic";
  return hasBuilds(settings) ? "current" : "lite";
}

/** Path of a problem in Wave's configuration: `manifests/wave/classic/config.yml: wave.build.repo`. */
export const configPath = (
  { settings }: Pick<Rendered, "settings">,
  key: string,
): string => `manifests/wave/${shapeOf(settings)}/config.yml: ${key}`;

/** A problem when `broken` holds, else none. */
export const problemIf = (broken: boolean, problem: Problem): Problem[] =>
  broken ? [problem] : [];

/** A value as a reader sees it in a message. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (value === "") return "an empty text";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Items of a list that the provider's types also allow as a token; rendered objects hold plain lists. */
export function items<T>(
  list: readonly T[] | IResolvable | undefined,
): readonly T[] {
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

/**
 * Properties of a document as Micronaut names them: nested keys joined by dots, camelCase as written.
 * A list is one value.
 */
export function propertiesOf(
  document: Document,
): ReadonlyMap<string, Document> {
  const properties = new Map<string, Document>();
  const walk = (node: Document, key: string): void => {
    if (node === null || typeof node !== "object" || Array.isArray(node)) {
      properties.set(key, node);
      return;
    }
    for (const [name, value] of Object.entries(node))
      walk(value, key === "" ? name : `${key}.${name}`);
  };
  walk(document, "");
  return properties;
}

/** One property of `config.yml`, by its dotted name. */
export const property = (
  { properties }: Rendered,
  key: string,
): Document | undefined => properties.get(key);

/** A text inside a value, and the place where it stands. */
export interface PlacedText {
  readonly at: string;
  readonly text: string;
}

/** Every text of a value, keys included. */
export function textsOf(root: unknown): PlacedText[] {
  const texts: PlacedText[] = [];
  const walk = (node: unknown, at: string): void => {
    if (typeof node === "string") texts.push({ at, text: node });
    if (node === null || typeof node !== "object") return;
    for (const [key, value] of Object.entries(node)) {
      const place = at === "" ? key : `${at}.${key}`;
      if (!Array.isArray(node)) texts.push({ at: place, text: key });
      walk(value, place);
    }
  };
  walk(root, "");
  return texts;
}

/** Pod as a Deployment or CronJob holds it. */
export type PodSpec = DeploymentV1Config["spec"]["template"]["spec"];

/** A pod of ours, and the object that makes it: `Deployment wave`. */
export interface Pod {
  readonly object: string;
  readonly spec: PodSpec;
}

/** All pods that our objects make. Build and scan pods are made by Wave and are not among them. */
export function podsOf({ deployments, cronJobs }: WaveObjects): Pod[] {
  return [
    ...Object.entries(deployments).map(([name, { spec }]) => ({
      object: `Deployment ${name}`,
      spec: spec.template.spec,
    })),
    ...Object.entries(cronJobs).map(([name, { spec }]) => ({
      object: `CronJob ${name}`,
      spec: spec.jobTemplate.spec.template.spec ?? {},
    })),
  ];
}

type Containers = Exclude<PodSpec["container"], IResolvable | undefined>;
/** One container of a pod. */
export type Container = Containers[number];
/** One environment variable of a container. */
export type Variable = Exclude<
  Container["env"],
  IResolvable | undefined
>[number];

/** Containers of a pod, those that run first included. */
export const containersOf = ({ spec }: Pod): readonly Container[] => [
  ...items(spec.initContainer),
  ...items(spec.container),
];

/** The first container of a Deployment; undefined when the Deployment or its container is missing. */
export function containerOf(
  { objects }: Rendered,
  deployment: string,
): Container | undefined {
  return items(
    objects.deployments[deployment]?.spec.template.spec.container,
  )[0];
}

/** One environment variable of a Deployment's container. */
export const variable = (
  rendered: Rendered,
  deployment: string,
  name: string,
): Variable | undefined =>
  items(containerOf(rendered, deployment)?.env).find(
    (entry) => entry.name === name,
  );

/** Secret that a variable is read from. */
export const secretOf = (entry: Variable | undefined): string | undefined =>
  entry?.valueFrom?.secretKeyRef?.name;

/** Micronaut environments of Wave (`MICRONAUT_ENVIRONMENTS`). */
export const environmentsOf = (rendered: Rendered): string[] =>
  (variable(rendered, "wave", "MICRONAUT_ENVIRONMENTS")?.value ?? "")
    .split(",")
    .filter((name) => name !== "");

/** Whether a path lies in a folder, by path segments: `/efs/wave2` is not in `/efs/wave`. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder.replace(/\/+$/, "")}/`);

/** Seconds of a duration such as `15m`; NaN for anything else. */
export function secondsOf(duration: string): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(duration) ?? [];
  return Number(amount) * { s: 1, m: 60, h: 3600 }[unit as "s" | "m" | "h"];
}

/** Mebibytes of a quantity in Mi or Gi; NaN for anything else. */
export function mebibytesOf(quantity: string | undefined): number {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity ?? "") ?? [];
  return Number(amount) * (unit === "Gi" ? 1024 : 1);
}

/** Whether two lists hold the same texts, in any order. */
export const sameTexts = (
  left: readonly string[],
  right: readonly string[],
): boolean =>
  left.length === right.length &&
  [...left].sort().join() === [...right].sort().join();
