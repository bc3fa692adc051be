import { productOf } from "../../../modules/core/versions/support";
import { showReference } from "../../../modules/lib/image-reference";
import { imagesOf } from "../../../tools/versions/images";
import { deliverySettings } from "../../support/settings";

const imagesWith = (delivery: object) =>
  imagesOf(deliverySettings({ delivery }));
const OF_PLATFORM = /flux|nginx|cert-manager|external-dns/;
const namesWith = (delivery: object): string[] =>
  imagesWith(delivery)
    .map(showReference)
    .filter((name) => OF_PLATFORM.test(name));

const everything = {
  ingress: { class: "nginx" },
  tls: { kind: "letsencrypt", email: "ops@example.org" },
  dns: { owner: "external-dns" },
  flux: { imageAutomation: true, write: true },
};

test("each image of the platform's charts has a version, and an entry of its product in the table", () => {
  const images = imagesWith(everything);
  for (const image of images)
    expect([image.product, image.pinned, productOf(image.product)]).toEqual([
      image.product,
      true,
      expect.anything(),
    ]);
  expect(new Set(images.map(({ product }) => product))).toEqual(
    new Set([
      "Flux",
      "F5 NGINX Ingress Controller",
      "cert-manager",
      "external-dns",
      "AWS Load Balancer Controller",
    ]),
  );
});

test("the default starts Flux's controllers alone, and without Flux nothing", () => {
  expect(namesWith({})).toEqual([
    "ghcr.io/fluxcd/flux-cli:v2.8.5",
    "ghcr.io/fluxcd/source-controller:v1.8.2",
    "ghcr.io/fluxcd/kustomize-controller:v1.8.3",
    "ghcr.io/fluxcd/helm-controller:v1.5.3",
  ]);
  expect(namesWith({ flux: undefined })).toEqual([]);
});

test("mirrors are named; of another chart of Flux nobody knows the tags", () => {
  const mirrored = namesWith({
    flux: {
      imageRegistry: "registry.example.com/fluxcd",
      chart: { version: "2.19.0" },
    },
    dns: {
      owner: "external-dns",
      image: "registry.example.com/external-dns:v1",
    },
  });
  expect(mirrored).toContain("registry.example.com/external-dns:v1");
  expect(mirrored).toContain("registry.example.com/fluxcd/source-controller");
});
