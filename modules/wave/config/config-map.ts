import { type ConfigMapV1Config } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { packageFile } from "../../lib/package-file";
import { type Document } from "../../lib/template";
import { escapeTemplate } from "../../lib/terraform-escape";
import { type WaveEnvironment } from "../release/release";
import { configFile } from "./config-file";
import { WAVE_CONFIG_MAP } from "../objects/kubernetes-names";
import { labelsOf } from "../objects/labels";
import { redisAuth } from "../release/line-defaults";
import { type WaveInputs } from "../objects/objects";

/** Folder in which Wave finds the files of its ConfigMap. */
export const CONFIG_FOLDER = "/etc/wave";

/**
 * Whether Wave's log configuration is ours: the classic line prints the address of Redis, and with a password that
 * address holds it. The current line never has the password in the address.
 */
export const hidesRedisAddress = (settings: WaveEnvironment): boolean =>
  settings.release.isClassic && redisAuth(settings);

/** ConfigMap `wave-cfg`: `config.yml`, and the log configuration where it is ours. */
export function configMap(
  settings: WaveEnvironment,
  inputs: Pick<WaveInputs, "data" | "identity">,
): ConfigMapV1Config {
  const files: Record<string, string> = {
    "config.yml": yamlText(configFile(settings, inputs)),
  };
  if (hidesRedisAddress(settings)) files["logback.xml"] = logConfiguration();
  return {
    metadata: {
      name: WAVE_CONFIG_MAP,
      namespace: settings.wave.namespace,
      labels: labelsOf(WAVE_CONFIG_MAP, "server"),
    },
    data: files,
  };
}

/** Strings in quotes and on one line: a value that Terraform fills in later can then never change its type. */
const yamlText = (document: Document): string =>
  stringify(document, {
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  });

const logConfiguration = (): string =>
  escapeTemplate(
    readFileSync(packageFile("manifests/wave/classic/logback.xml"), "utf8"),
  );
