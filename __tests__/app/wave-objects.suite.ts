import { type StackJson, resourcesOf, synthApp } from "../support/synth";
import { stringsOf } from "../support/graph";
import { exampleSettings } from "../support/settings";

/** The stack with every optional secret, so that all placeholders occur. */
const settings = exampleSettings({
  wave: {
    secrets: { dockerHub: "wave/docker", quay: "wave/quay" },
    classic: { ecrKeySecret: "wave/ecr-key" },
  },
});
const stack = synthApp(settings).workloads as StackJson;

const configText = (): string => {
  const maps = resourcesOf(stack, "kubernetes_config_map_v1");
  const data = maps["wave-cfg"]?.data as Record<string, string>;
  return data["config.yml"] ?? "";
};

describe("config.yml of the synthesized stack", () => {
  test("every ${…} is a reference of Terraform, or escaped and known to Wave", () => {
    const expressions = [...configText().matchAll(/(\$+)\{([^}]*)\}/g)];
    const references = expressions.filter(([, dollars]) => dollars === "$");
    const placeholders = expressions.filter(([, dollars]) => dollars !== "$");
    for (const [, , inner] of references)
      expect(inner).toMatch(/^data\.terraform_remote_state\.data\.outputs\./);
    expect(placeholders.map(([whole]) => whole)).toEqual([
      "$${DOCKER_USER:}",
      "$${DOCKER_PAT:}",
      "$${QUAY_USER:}",
      "$${QUAY_PAT:}",
      "$${WAVE_ECR_ACCESS_KEY}",
      "$${WAVE_ECR_SECRET_KEY}",
    ]);
    expect(references.length).toBeGreaterThan(3);
  });
});

describe("permissions in the synthesized stack", () => {
  test("no ClusterRole and no ClusterRoleBinding of ours", () => {
    const types = Object.keys(stack.resource ?? {});
    expect(types.filter((type) => type.includes("cluster_role"))).toEqual([]);
    expect(types).toContain("kubernetes_role_v1");
  });
});

test("one value of Secrets Manager feeds Wave's password and its user in the store, and it is not that of root", () => {
  const secrets = resourcesOf(stack, "kubernetes_secret_v1");
  const valueOf = (name: string, key: string) =>
    (secrets[name]?.data_wo as Record<string, string>)[key];
  const password = valueOf("wave-secrets", "SURREAL_DEFAULT_PASSWORD");
  expect(password).toMatch(/ephemeral\.aws_secretsmanager_secret_version/);
  const users = valueOf("surreal-credentials", "users.surql");
  expect(users).toContain(password?.slice(2, -1));
  expect(valueOf("surreal-credentials", "SURREAL_PASS")).not.toBe(password);
});

test("an address with a password stands in no object, argument or output, but in a write-only one", () => {
  const places = [...stringsOf(stack)]
    .filter(([, text]) => /[a-z]:\/\/[^\s/@"]*:[^\s/@"]+@/.test(text))
    .map(([place]) => place);
  expect(places.filter((place) => !place.includes("data_wo"))).toEqual([]);
});
