import { renderedReleases } from "../support/helm";
import { NODEJS_RELEASES } from "./nodejs-releases";

export type Name = keyof typeof NODEJS_RELEASES;

interface Container {
  readonly env: readonly { name: string; value?: string }[];
  readonly [field: string]: unknown;
}

interface Plain {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

interface PodSpec {
  readonly containers: readonly [Container];
  readonly [field: string]: unknown;
}

export const rendered = renderedReleases("nodejs", NODEJS_RELEASES);

export const objectsOf = (name: Name): readonly Plain[] => {
  const objects = rendered[name];
  if (objects === undefined || typeof objects === "string")
    throw new Error(`${name}: ${String(objects)}`);
  return objects as Plain[];
};
export const kindsOf = (name: Name) => objectsOf(name).map(({ kind }) => kind);
export const objectOf = (name: Name, kind: string): Plain => {
  const found = objectsOf(name).find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`${name}: no ${kind}`);
  return found;
};
export const deploymentOf = (name: Name) =>
  objectOf(name, "Deployment").spec as {
    replicas?: number;
    strategy?: unknown;
    selector: { matchLabels: Record<string, string> };
    template: {
      metadata: {
        labels: Record<string, string>;
        annotations?: Record<string, string>;
      };
      spec: PodSpec;
    };
  };
export const podOf = (name: Name) => deploymentOf(name).template.spec;
export const environmentOf = (name: Name) =>
  Object.fromEntries(
    podOf(name).containers[0].env.map((one) => [one.name, one.value]),
  );
export const ingressOf = (name: Name) => {
  const { metadata, spec } = objectOf(name, "Ingress");
  const { rules } = spec as { rules: { host: string }[] };
  return { ...metadata, spec, hosts: rules.map(({ host }) => host) };
};
