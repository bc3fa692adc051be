import { withRelease } from "../../../modules/wave/release/release";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { DataTerraformRemoteStateLocal } from "cdktf";
import { parse } from "yaml";
import { dataOutputs } from "../../../modules/contracts/data";
import { readOutputs } from "../../../modules/contracts/outputs";
import { configMap } from "../../../modules/wave/config/config-map";
import { waveInputs } from "../../support/wave-inputs";
import { exampleSettings } from "../../support/settings";
import { onlyResource, synthOne } from "../../support/synth";
import { waveObjects } from "../../support/wave";

const everyOption = {
  data: { redis: { auth: true } },
  wave: {
    secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" },
    classic: { ecrKeySecret: "wave/ecr" },
    rateLimit: {},
  },
};

test("K8S-13: wave-cfg holds config.yml and the log configuration, and nothing else", () => {
  const { configMap: map, configFile } = waveObjects();
  expect(map.metadata).toMatchObject({
    name: "wave-cfg",
    namespace: "wave",
    labels: { app: "wave-cfg" },
  });
  expect(Object.keys(map.data ?? {})).toEqual(["config.yml", "logback.xml"]);
  expect(parse(map.data?.["config.yml"] ?? "")).toEqual(configFile);
});

test("CFG-28: with a Redis password, the two classes that print its address are silenced", () => {
  const text = waveObjects(everyOption).configMap.data?.["logback.xml"] ?? "";
  const levels = Object.fromEntries(
    [...text.matchAll(/<logger name="([^"]*)" level="([^"]*)"/g)].map(
      ([, name = "", level = ""]) => [name, level] as const,
    ),
  );
  // DEBUG stays: the line that proves the pairing is a DEBUG line.
  expect(levels).toMatchObject({
    "io.seqera": "DEBUG",
    "io.seqera.wave.service.cache.impl.RedisFactory": "WARN",
    "io.seqera.wave.ratelimit.impl.SpillWayStorageFactory": "WARN",
  });
});

describe("with values that are unknown at synth", () => {
  const stack = synthOne((scope) => {
    const state = new DataTerraformRemoteStateLocal(scope, "data", {
      path: "data.tfstate",
    });
    const settings = exampleSettings(everyOption);
    new ConfigMapV1(
      scope,
      "wave-cfg",
      configMap(withRelease(settings), {
        ...waveInputs(settings),
        data: readOutputs(state, dataOutputs, {}),
      }),
    );
  });
  const files = onlyResource(stack, "kubernetes_config_map_v1").data as Record<
    string,
    string
  >;
  const text = files["config.yml"] ?? "";

  test("every placeholder of Micronaut is escaped, and every other one is Terraform's", () => {
    const found = [...text.matchAll(/(\$+)\{([^}]*)\}/g)].map(
      ([whole]) => whole,
    );
    expect(found.filter((whole) => whole.startsWith("$$"))).toEqual([
      "$${DOCKER_USER:}",
      "$${DOCKER_PAT:}",
      "$${QUAY_USER:}",
      "$${QUAY_PAT:}",
      "$${WAVE_ECR_ACCESS_KEY}",
      "$${WAVE_ECR_SECRET_KEY}",
    ]);
    expect(found.filter((whole) => !whole.startsWith("$$"))).toEqual(
      [
        "build_repository_url",
        "cache_repository_url",
        "logs_bucket",
        "redis_host",
        "redis_port",
      ].map(
        (output) => `\${data.terraform_remote_state.data.outputs.${output}}`,
      ),
    );
  });

  test("CFG-19: the port of Redis is an expression inside the address", () => {
    const outputs = "data.terraform_remote_state.data.outputs";
    expect(parse(text)).toHaveProperty(
      "redis.uri",
      `rediss://\${${outputs}.redis_host}:\${${outputs}.redis_port}`,
    );
  });

  test("the log configuration holds nothing that Terraform would read as a template", () => {
    expect(files["logback.xml"]).not.toMatch(/[$%]\{/);
  });
});
