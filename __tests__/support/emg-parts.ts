import { type TerraformStack } from "cdktf";
import { type PartInputs } from "../../modules/emg/pods";
import { type SettingsChange, emgSettings } from "./settings";
import { type ResourceJson, onlyResource, synthOne } from "./synth";

/** One password for all, checked by Prefect. */
export const BASIC: SettingsChange = {
  emg: { auth: { mode: "prefect-basic" } },
};

/** A company's proxy. */
export const PROXY: SettingsChange = {
  network: { proxy: { url: "http://proxy.example.com:3128" } },
};

/** Container of a Deployment, with its variables by name. */
interface Container {
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly variables: Record<string, unknown>;
  readonly [field: string]: unknown;
}

/** A part of the platform, alone in a stack, of the example with a change. */
export function synthPart(
  create: (scope: TerraformStack, inputs: PartInputs) => void,
  change: SettingsChange = {},
) {
  const json = synthOne((stack) => {
    const checksums = { prefect: "p", github: "g", cookie: "c", workers: "w" };
    const settings = emgSettings(change);
    create(stack, { settings, secrets: { checksums }, dependsOn: [] });
  });
  const deployment = onlyResource(json, "kubernetes_deployment_v1") as {
    spec: {
      strategy: unknown;
      replicas: string;
      template: {
        metadata: { annotations?: Record<string, string> };
        spec: { container: ContainerJson[] } & ResourceJson;
      };
    };
  } & ResourceJson;
  const { metadata, spec: pod } = deployment.spec.template;
  const [first] = pod.container;
  if (first === undefined) throw new Error("no container");
  const container: Container = {
    ...first,
    variables: Object.fromEntries(
      (first.env ?? []).map(({ name, value, value_from: from }) => [
        name,
        value ?? from,
      ]),
    ),
  };
  return {
    json,
    deployment,
    pod,
    checksums: metadata.annotations ?? {},
    container,
  };
}

interface ContainerJson extends ResourceJson {
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: { name: string; value?: string; value_from?: unknown }[];
}
