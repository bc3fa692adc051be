import { checkSettings } from "../../../modules/rules";
import { runAll } from "../../../modules/settings/rule";
import { waveExpectations } from "../../../modules/wave/preflight";
import { existingClusterWarnings } from "../../../modules/wave/rules/existing-cluster";
import {
  type SettingsChange,
  existingExampleSettings,
} from "../../support/settings";

test("without internet only images of what is installed here need a mirror", () => {
  const imagesOf = (change: SettingsChange) =>
    checkSettings(
      existingExampleSettings({
        ...change,
        network: { internet: false },
        wave: { ingress: { scheme: "internal" }, scan: { enabled: false } },
      }),
    )
      .map(({ path }) => path)
      .filter((path) => path.startsWith("charts."));
  expect(
    imagesOf({ cluster: { controllers: { efsCsiDriver: "existing" } } }),
  ).toEqual([]);
  expect(
    imagesOf({
      cluster: {
        controllers: { loadBalancerController: "ours", efsCsiDriver: "ours" },
      },
    }),
  ).toEqual(
    expect.arrayContaining([
      "charts.loadBalancerController.image",
      "charts.efsCsiDriver.image",
    ]),
  );
});

describe("what is said, and expected of the cluster", () => {
  const warnings = (change?: SettingsChange) =>
    runAll(existingClusterWarnings, existingExampleSettings(change)).join(" ");

  test("where no policy is enforced builds reach the stores, but not from a group of ours", () => {
    expect(warnings()).not.toContain("notEnforced");
    const open: SettingsChange = {
      cluster: { networkPolicies: "notEnforced" },
    };
    expect(warnings(open)).toContain("would reach Redis, the database");
    const ours: SettingsChange = {
      cluster: {
        ...open.cluster,
        nodeSelectors: { build: undefined },
        nodeGroups: { build: { minSize: 1, maxSize: 2 } },
      },
    };
    expect(warnings(ours)).toContain(
      "from Redis and the database the security",
    );
  });

  test("builds that stand beside Wave", () => {
    const where = (build: Record<string, string | undefined>) =>
      warnings({ cluster: { nodeSelectors: { build } } });
    expect(where({ nodegroup: "general" })).toContain("stand beside Wave");
    expect(where({ nodegroup: "builders" })).not.toContain("beside Wave");
  });

  test("what pods ask of nodes whose size nobody knows", () => {
    expect(warnings()).toContain("each pod of Wave asks for 4Gi and 1000m CPU");
    expect(warnings()).toContain("each build for");
  });

  test("builds on nodes that Auto Mode may have made are refused at plan, those of a managed group are not", () => {
    const ofNodes = (build: Record<string, string | undefined>) =>
      waveExpectations(
        existingExampleSettings({ cluster: { nodeSelectors: { build } } }),
      ).filter(({ id }) => id.startsWith("nodes-of-"));
    const [expectation] = ofNodes({ pool: "builders" });
    expect(expectation?.conditions[0]?.condition).toContain("compute_config");
    expect(
      ofNodes({
        nodegroup: undefined,
        "eks.amazonaws.com/nodegroup": "builders",
      }),
    ).toEqual([]);
  });
});
