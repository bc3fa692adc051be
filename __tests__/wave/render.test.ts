import { renderWave } from "../../modules/wave/render";
import { standInInputs } from "../../modules/wave/stand-in-inputs";
import { exampleSettings } from "../support/settings";

const settings = exampleSettings();
const objects = renderWave(settings, standInInputs(settings));

test("objects are keyed by their names, and none is lost between the parts", () => {
  expect(Object.keys(objects.deployments)).toEqual(["wave", "surrealv1"]);
  for (const kind of [
    objects.namespaces,
    objects.serviceAccounts,
    objects.roles,
    objects.roleBindings,
    objects.volumes,
    objects.claims,
    objects.deployments,
    objects.services,
    objects.cronJobs,
    objects.networkPolicies,
  ])
    expect(Object.keys(kind)).toEqual(
      Object.values(kind).map(({ metadata }) => metadata.name),
    );
});
