import { type Environment, environmentOf } from "../support/environment";
import { valuesOf } from "../support/delivery";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { GRAPH_CHECKS } from "../support/graph-checks";
import {
  type SettingsChange,
  currentSettings,
  deliveryInput,
  deliverySettings,
} from "../support/settings";
import { type StackJson } from "../support/synth";
import { schemaProblems } from "../support/kubernetes-schema";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";

const { delivery } = deliveryInput() as Required<SettingsChange>;

const ENVIRONMENTS = {
  "alone, on a cluster of ours": environmentOf(deliverySettings()),
  "on a cluster of somebody else's": environmentOf(
    deliverySettings({ network: EXISTING_NETWORK, cluster: EXISTING_CLUSTER }),
  ),
  "with NGINX, external-dns and a mirror": environmentOf(
    deliverySettings({
      registries: [{ host: "registry.example.com", secret: "mirror" }],
      delivery: {
        ingress: { class: "nginx" },
        tls: { kind: "letsencrypt", email: "ops@example.org" },
        dns: { owner: "external-dns" },
      },
    }),
  ),
  "beside Wave, with image automation and a mirror of charts": environmentOf(
    currentSettings({
      registries: [{ host: "registry.example.com", secret: "mirror" }],
      delivery: {
        ...delivery,
        flux: {
          ...delivery.flux,
          write: true,
          imageAutomation: true,
          chart: { repository: "oci://registry.example.com/charts" },
        },
      },
    }),
  ),
};

const deliveryOf = ({ stacks }: Environment): StackJson =>
  stacks.delivery ?? {};
const alone = ENVIRONMENTS["alone, on a cluster of ours"];
const given = ENVIRONMENTS["on a cluster of somebody else's"];
const beside =
  ENVIRONMENTS["beside Wave, with image automation and a mirror of charts"];

describe.each(Object.entries(ENVIRONMENTS))(
  "C63, C70: %s",
  (_name, environment) => {
    test.each(Object.entries(GRAPH_CHECKS))("%s", (_sentence, check) => {
      expect(check(environment)).toEqual([]);
    });

    test("the stack comes after network, identity and workloads, and reads the first two", () => {
      const { stacks, order } = environment;
      expect([...(order.delivery ?? [])].sort()).toEqual([
        "identity",
        "network",
        "workloads",
      ]);
      const read = JSON.stringify(stacks.delivery).match(
        /terraform_remote_state\.[a-z-]+/g,
      );
      for (const state of new Set(read))
        expect(state).toMatch(/\.(network|identity)$/);
    });

    test("the Kubernetes API takes every object", () => {
      const objects = manifestsOf(deliveryOf(environment) as TerraformJson).map(
        ({ object }) => object,
      );
      expect(objects.length).toBeGreaterThan(30);
      expect(schemaProblems(objects).flat()).toEqual([]);
    });
  },
);

/** What a destroy takes in another order when it waits for nothing. */
test.each([
  ["helm_release", "flux-sync"],
  ["helm_release", "flux2"],
  ["kubernetes_namespace_v1", "namespace-api-default"],
] as const)(
  "C63: the order of a destroy is seen to be another one when %s.%s waits for nothing",
  (type, id) => {
    const broken = structuredClone(alone);
    const body = broken.stacks.delivery?.resource?.[type]?.[id];
    if (body === undefined) throw new Error(`no ${type}.${id}`);
    body.depends_on = [];
    expect(GRAPH_CHECKS["the order of a destroy"]?.(broken)).not.toEqual([]);
  },
);

test("charts of a mirror that asks for a login are read with it", () => {
  const [helm] = deliveryOf(beside).provider?.helm ?? [];
  expect(helm).toMatchObject({
    registries: [{ url: "oci://registry.example.com" }],
  });
  expect(deliveryOf(alone).provider?.helm?.[0]).not.toHaveProperty(
    "registries",
  );
});

test("C29: controllers of images have their role where they run", () => {
  expect(valuesOf(deliveryOf(beside), "flux2")).toMatchObject({
    imageReflectionController: {
      create: true,
      serviceAccount: {
        annotations: {
          "eks.amazonaws.com/role-arn": expect.stringMatching(
            /aws_iam_role\.image-reflector-controller/,
          ) as unknown,
        },
      },
    },
  });
});

test("C70: on a cluster that exists nodes of its owner run Flux, and no cluster is made", () => {
  expect(valuesOf(deliveryOf(given), "flux2")).toMatchObject({
    sourceController: { nodeSelector: { nodegroup: "general" } },
  });
  expect(given.stacks.network?.resource ?? {}).not.toHaveProperty(
    "aws_eks_cluster",
  );
});

test("what people need is an output, and no secret is", () => {
  const { output } = deliveryOf(alone);
  expect(Object.keys(output ?? {})).toEqual(
    expect.arrayContaining([
      ...["domain", "load_balancer", "certificate_arn", "flux_path"],
      ...["ecr_repository_urls", "service_role_arns", "ci_role_arns"],
      ...["bucket_names", "redis_endpoint", "deploy_key_command"],
      "next_steps",
    ]),
  );
  for (const { value } of Object.values(output ?? {}))
    expect(value).not.toBe("");
  expect(output?.next_steps?.value).toContainEqual(
    expect.stringContaining("deploy_key_command"),
  );
});
