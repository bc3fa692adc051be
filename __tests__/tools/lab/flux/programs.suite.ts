import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fluxArguments } from "../../../../tools/lab/flux/arguments";
import {
  FLUX_CONTROLLERS,
  fluxPrograms,
} from "../../../../tools/lab/flux/programs";

describe("LAB_FLUX_CONTROLLERS", () => {
  test.each([undefined, ""])("%p: none", (folder) => {
    expect(fluxPrograms(folder)).toBeUndefined();
  });

  test("a folder has to hold every program, and the definitions of their kinds", () => {
    const folder = mkdtempSync(join(tmpdir(), "lab-flux-"));
    expect(() => fluxPrograms(folder)).toThrow(
      /has no .*source-controller, no .*helm-controller, no .*crds/,
    );
    for (const name of FLUX_CONTROLLERS) writeFileSync(join(folder, name), "");
    mkdirSync(join(folder, "crds"));
    const definition = (name: string) =>
      `---\nkind: CustomResourceDefinition\nmetadata: {name: ${name}}\n`;
    writeFileSync(
      join(folder, "crds", "all.yaml"),
      definition("a") + definition("b"),
    );
    const names = fluxPrograms(folder)?.crds.map(
      ({ metadata }) => metadata.name,
    );
    expect(names).toEqual(["a", "b"]);
    rmSync(folder, { recursive: true });
  });
});

test("controllers get the arguments of the release, and as tenants those of the chart", () => {
  const values = (enabled: boolean) => `
multitenancy: {enabled: ${enabled}, defaultServiceAccount: deployer}
kustomizeController: {container: {additionalArgs: [--one]}}
helmController: {container: {additionalArgs: [--two]}}
`;
  const tenants = [
    "--no-cross-namespace-refs=true",
    "--default-service-account=deployer",
  ];
  expect(fluxArguments(values(true))).toEqual({
    "source-controller": [],
    "kustomize-controller": [...tenants, "--one"],
    "helm-controller": [...tenants, "--two"],
  });
  expect(fluxArguments(values(false))["helm-controller"]).toEqual(["--two"]);
});
