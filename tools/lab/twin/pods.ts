import { type Json, type StackJson } from "../../audit/graph";
import { at, first, isObject, textsAt } from "../../audit/reading";

/** What a container has of its files at one path. */
export interface Mount {
  readonly path: string;
  /** Empty where the container writes. */
  readonly files: Readonly<Record<string, string>>;
}

/** The container of a pod, as a kubelet would start it. */
export interface Pod {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
}

const PODS = {
  deployment: "kubernetes_deployment_v1",
  job: "kubernetes_job_v1",
} as const;

/**
 * The pod of a Deployment or Job, with the values of its ConfigMaps and Secrets: texts of the stack, with expressions in them.
 * @param name Of the object, or its beginning: Jobs have a suffix.
 * @throws Error when there is none, or when it reads a key that nothing has.
 */
export function podOf(
  stack: StackJson,
  kind: keyof typeof PODS,
  name: string,
): Pod {
  const found = objects(stack, PODS[kind]).find((one) => {
    const own = nameOf(one);
    return own === name || (kind === "job" && own.startsWith(`${name}-`));
  });
  if (!found) throw new Error(`no ${kind} ${name} in the stack`);
  const spec = first(found, "spec.template.spec");
  const container = first(spec, "container");
  return {
    name,
    image: String(first(container, "image")),
    command: [...texts(container, "command"), ...texts(container, "args")],
    env: envOf(stack, container),
    mounts: at(container, "volume_mount").map((mount) => ({
      path: String(first(mount, "mount_path")),
      files: filesOf(stack, spec, String(first(mount, "name"))),
    })),
  };
}

/** Data of a Secret by its name. */
export const secretData = (stack: StackJson, name: string) =>
  dataOf(stack, "kubernetes_secret_v1", name, "data_wo");

const configData = (stack: StackJson, name: string) =>
  dataOf(stack, "kubernetes_config_map_v1", name, "data");

function envOf(stack: StackJson, container: unknown): Record<string, string> {
  const env: Record<string, string> = {};
  for (const from of at(container, "env_from")) {
    const config = first(from, "config_map_ref.name");
    const secret = first(from, "secret_ref.name");
    if (typeof config === "string")
      Object.assign(env, configData(stack, config));
    if (typeof secret === "string")
      Object.assign(env, secretData(stack, secret));
  }
  for (const one of at(container, "env")) {
    const name = String(first(one, "name"));
    const key = first(one, "value_from.secret_key_ref");
    if (isObject(key)) {
      const data = secretData(stack, String(key.name));
      const value = data[String(key.key)];
      if (value === undefined)
        throw new Error(
          `${name}: Secret ${String(key.name)} has no key ${String(key.key)}`,
        );
      env[name] = value;
    } else env[name] = textsAt(one, "value").join("");
  }
  return env;
}

function filesOf(
  stack: StackJson,
  spec: unknown,
  name: string,
): Record<string, string> {
  const volume = at(spec, "volume").find((one) => first(one, "name") === name);
  const config = first(volume, "config_map.name");
  const secret = first(volume, "secret.secret_name");
  if (typeof config === "string") return configData(stack, config);
  if (typeof secret === "string") return secretData(stack, secret);
  return {};
}

function dataOf(
  stack: StackJson,
  type: string,
  name: string,
  field: string,
): Record<string, string> {
  const found = objects(stack, type).find((one) => nameOf(one) === name);
  if (!found) throw new Error(`no ${type} ${name} in the stack`);
  return { ...(found[field] as Record<string, string> | undefined) };
}

const objects = ({ resource }: StackJson, type: string): Json[] =>
  Object.values(resource?.[type] ?? {});

const nameOf = (object: Json): string => String(first(object, "metadata.name"));

const texts = (container: unknown, field: string): string[] =>
  at(container, field).map(String);
