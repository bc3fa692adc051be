import { otherNames } from "../../../../tools/lab/lanes/change-lanes";

const terraform = { product: "Terraform" } as const;
const openTofu = { product: "OpenTofu" } as const;

/** A state as it lies in the bucket, with the providers of its resources. */
const stateOf = (...providers: string[]): string =>
  JSON.stringify({
    resources: providers.map((name) => ({ provider: `provider["${name}"]` })),
  });

test("Terraform gets the providers of a state back under its own registry, each once", () => {
  const state = stateOf(
    "registry.opentofu.org/hashicorp/aws",
    "registry.opentofu.org/hashicorp/helm",
    "registry.opentofu.org/hashicorp/aws",
  );
  expect(otherNames(state, openTofu, terraform)).toEqual([
    [
      "registry.opentofu.org/hashicorp/aws",
      "registry.terraform.io/hashicorp/aws",
    ],
    [
      "registry.opentofu.org/hashicorp/helm",
      "registry.terraform.io/hashicorp/helm",
    ],
  ]);
});

test("what is built in, or named by Terraform's registry already, stays", () => {
  const state = stateOf(
    "terraform.io/builtin/terraform",
    "registry.terraform.io/hashicorp/aws",
  );
  expect(otherNames(state, openTofu, terraform)).toEqual([]);
});

test("a provider of an alias is named as one without", () => {
  const state = JSON.stringify({
    provider: 'provider["registry.opentofu.org/hashicorp/aws"].other',
  });
  expect(otherNames(state, openTofu, terraform)).toHaveLength(1);
});
