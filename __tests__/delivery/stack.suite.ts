import { environmentOf } from "../support/environment";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { schemaProblems } from "../support/kubernetes-schema";
import { deliverySettings } from "../support/settings";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";

const ENVIRONMENTS = {
  "an Application Load Balancer": environmentOf(deliverySettings()),
  "NGINX, external-dns and a mirror": environmentOf(
    deliverySettings({
      registries: [{ host: "registry.example.com", secret: "mirror" }],
      delivery: {
        ingress: { class: "nginx" },
        tls: { kind: "letsencrypt", email: "ops@example.org" },
        dns: { owner: "external-dns" },
      },
    }),
  ),
};

describe.each(Object.entries(ENVIRONMENTS))("%s", (_name, environment) => {
  test.each(Object.entries(GRAPH_CHECKS))("C63: %s", (_sentence, check) => {
    expect(check(environment)).toEqual([]);
  });

  test("the API takes every object", () => {
    const objects = manifestsOf(
      environment.stacks.delivery as TerraformJson,
    ).map(({ object }) => object);
    expect(objects.length).toBeGreaterThan(10);
    expect(schemaProblems(objects).flat()).toEqual([]);
  });
});
