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
import { type WaveInputs } from "../objects/objects";

/** Folder in which Wave finds the files of its ConfigMap. */
export const CONFIG_FOLDER = "/etc/wave";

/** Where Wave finds its log configuration. */
export const LOG_CONFIGURATION = `${CONFIG_FOLDER}/logback.xml`;

/**
 * Whether the log would show the password of Redis: the classic line prints the address, which holds it. The current line
 * never has the password in the address.
 */
export const hidesRedisAddress = (settings: WaveEnvironment): boolean =>
  settings.release.isClassic && settings.data.redis.auth;

/** ConfigMap `wave-cfg`: `config.yml`, and the log configuration. */
export function configMap(
  settings: WaveEnvironment,
  inputs: Pick<WaveInputs, "data" | "identity">,
): ConfigMapV1Config {
  return {
    metadata: {
      name: WAVE_CONFIG_MAP,
      namespace: settings.wave.namespace,
      labels: labelsOf(WAVE_CONFIG_MAP, "server"),
    },
    data: {
      "config.yml": yamlText(configFile(settings, inputs)),
      "logback.xml": logConfiguration(settings),
    },
  };
}

/** Strings in quotes and on one line: a value that Terraform fills in later can then never change its type. */
const yamlText = (document: Document): string =>
  stringify(document, {
    lineWidth: 0,
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
  });

const logConfiguration = ({ release }: WaveEnvironment): string =>
  escapeTemplate(
    readFileSync(
      packageFile(
        `manifests/wave/${release.isClassic ? "classic" : "current"}/logback.xml`,
      ),
      "utf8",
    ),
  );
