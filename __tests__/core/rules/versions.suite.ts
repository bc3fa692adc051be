import { warningsOf } from "../../../modules/rules";
import {
  exampleSettings,
  existingExampleSettings,
} from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "an older Kubernetes, which EKS raises by itself",
    { cluster: { version: "1.33" } },
    "cluster.version",
    ['"1.36"', "for a cluster that runs the minor that it has"],
  ],
]);

/** What is said of the minor whose support ends first. */
const warningOf = (
  settingsOf: (change: object) => Parameters<typeof warningsOf>[0],
) =>
  warningsOf(settingsOf({ cluster: { version: "1.34" } })).find((text) =>
    text.includes("support of Kubernetes 1.34 ends on 2026-12-02"),
  );

test("a cluster that is made here is raised by EKS, and costs no extended support", () => {
  expect(warningOf(exampleSettings)).toMatch(/EKS then raises the cluster/);
  expect(warningOf(exampleSettings)).not.toContain("$");
});

test("the owner of a cluster that exists chose what follows", () => {
  expect(warningOf(existingExampleSettings)).toMatch(
    /upgrade policy says .* \$365/,
  );
});
