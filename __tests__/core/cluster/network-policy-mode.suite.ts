import { runningClusterExpectation } from "../../../modules/core/preflight/running-cluster";
import { networkOf, resourceAt } from "../../support/network";
import { conditionsOf, preflightOf } from "../../support/preflight";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { resourcesOf, synthApp } from "../../support/synth";

const strict: SettingsChange = { cluster: { networkPolicyMode: "strict" } };
const POLICY = "kubernetes_network_policy_v1";

const configurationOf = (change?: SettingsChange): unknown =>
  JSON.parse(
    resourceAt(networkOf(change), "aws_eks_addon", "node-add-ons/vpc-cni")
      .configuration_values as string,
  );

test("the add-on is told of strict mode, and of nothing where it is left out", () => {
  expect(configurationOf()).toEqual({ enableNetworkPolicy: "true" });
  expect(configurationOf(strict)).toEqual({
    enableNetworkPolicy: "true",
    env: { NETWORK_POLICY_ENFORCING_MODE: "strict" },
  });
});

test("a new cluster is refused while planning: CoreDNS would start closed, and nobody could open it", () => {
  const conditions = (change?: SettingsChange) =>
    conditionsOf(
      preflightOf([runningClusterExpectation(exampleSettings(change))]),
      "aws_eks_clusters",
    );
  expect(conditions(strict)).toMatchObject([
    {
      condition: '${contains(self.names, "wave-prod-eks")}',
      error_message: expect.stringMatching(
        /^cluster\.networkPolicyMode is strict, and there is no cluster wave-prod-eks yet/,
      ) as unknown,
    },
  ]);
  expect(conditions()).toEqual([]);
});

test("the pods of kube-system are opened before the controllers start, and until they are gone", () => {
  const { workloads } = synthApp(exampleSettings(strict));
  const [id, policy] =
    Object.entries(resourcesOf(workloads ?? {}, POLICY)).find(([name]) =>
      name.includes("kube-system"),
    ) ?? [];
  expect(policy).toMatchObject({
    metadata: { namespace: "kube-system" },
    spec: {
      pod_selector: {},
      policy_types: ["Ingress", "Egress"],
      ingress: [{}],
      egress: [{}],
    },
  });
  const releases = Object.values(resourcesOf(workloads ?? {}, "helm_release"));
  for (const release of releases.filter(
    ({ namespace }) => namespace === "kube-system",
  ))
    expect(release.depends_on).toContain(`${POLICY}.${id ?? ""}`);
});

test("every pod of ours is selected by a policy, so that none stays closed by being forgotten", () => {
  const { workloads = {} } = synthApp(exampleSettings());
  const closed = Object.values(resourcesOf(workloads, POLICY)).filter(
    ({ spec }) =>
      JSON.stringify((spec as { pod_selector: object }).pod_selector) === "{}",
  );
  const namespaces = closed.map(
    ({ metadata }) => (metadata as { namespace: string }).namespace,
  );
  expect(new Set(namespaces)).toEqual(new Set(["wave", "wave-build"]));
});
