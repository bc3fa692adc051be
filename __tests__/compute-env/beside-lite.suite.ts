import { environmentOf } from "../support/environment";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { liteSettings } from "../support/settings";

test("T-28: beside Wave Lite, which has no file system, every output that is read is written", () => {
  const environment = environmentOf(
    liteSettings({ computeEnv: { launcher: { externalId: "an-id" } } }),
  );
  expect(Object.keys(environment.stacks)).toContain("compute-env");
  for (const [sentence, check] of Object.entries(GRAPH_CHECKS))
    expect({ sentence, broken: check(environment) }).toEqual({
      sentence,
      broken: [],
    });
});
