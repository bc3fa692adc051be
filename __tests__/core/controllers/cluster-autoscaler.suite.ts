import { parse } from "yaml";
import {
  clusterAutoscalerImage,
  clusterAutoscalerRole,
  createClusterAutoscaler,
} from "../../../modules/core/controllers/cluster-autoscaler";
import { PRODUCTS } from "../../../modules/core/versions/support-table";
import { networkOf } from "../../support/network";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const clusterName = "wave-prod-eks";
const roleArn = "arn:aws:iam::123456789012:role/cluster-autoscaler";

function releaseOf(change: SettingsChange = {}) {
  const release = onlyResource(
    synthOne((stack) => {
      createClusterAutoscaler(stack, exampleSettings(change), {
        clusterName,
        roleArn,
      });
    }),
    "helm_release",
  );
  const [values = ""] = release.values as string[];
  return { release, values: parse(values) as Record<string, unknown> };
}
const { release, values } = releaseOf();

test("the chart, pinned, in kube-system", () => {
  expect(release).toMatchObject({
    name: "cluster-autoscaler",
    chart: "cluster-autoscaler",
    version: "9.59.0",
    repository: "https://kubernetes.github.io/autoscaler",
    namespace: "kube-system",
  });
});

test("it finds groups by the tag that they carry and that its role may change, and by no other", () => {
  const tags = resourcesOf(networkOf(), "aws_autoscaling_group_tag");
  const [{ tag } = { tag: undefined }] = Object.values(tags);
  const { key } = tag as { key: string };
  expect(values.autoDiscovery).toEqual({
    clusterName,
    tags: [`${key}=${clusterName}`],
  });
  const { policy } = clusterAutoscalerRole(exampleSettings(), clusterName);
  const writes = policy.Statement.filter(({ Action }) =>
    [Action].flat().some((action) => !/:Describe/.test(action)),
  );
  expect(writes.map(({ Action, Condition }) => [Action, Condition])).toEqual([
    [
      [
        "autoscaling:SetDesiredCapacity",
        "autoscaling:TerminateInstanceInAutoScalingGroup",
      ],
      { StringEquals: { [`aws:ResourceTag/${key}`]: clusterName } },
    ],
  ]);
});

test("its release is that of the cluster's minor, for each minor that is accepted", () => {
  const minors = PRODUCTS.find(({ subject }) => subject === "Amazon EKS");
  for (const version of Object.keys(minors?.ends ?? {}))
    expect(
      clusterAutoscalerImage(exampleSettings({ cluster: { version } })),
    ).toMatch(
      new RegExp(
        `^registry\\.k8s\\.io/autoscaling/cluster-autoscaler:v${version}\\.\\d+$`,
      ),
    );
  expect(values.image).toEqual({
    repository: "registry.k8s.io/autoscaling/cluster-autoscaler",
    tag: "v1.36.1",
  });
});

test("chart and image can come from a mirror", () => {
  const { release: mirrored, values: given } = releaseOf({
    charts: {
      clusterAutoscaler: {
        repository: "oci://registry.example.com/charts",
        image: "registry.example.com:5000/ca:1.2.3",
      },
    },
  });
  expect(mirrored.repository).toBe("oci://registry.example.com/charts");
  expect(given.image).toEqual({
    repository: "registry.example.com:5000/ca",
    tag: "1.2.3",
  });
});

test("it runs where it removes no node, twice, restricted", () => {
  expect(values).toMatchObject({
    nodeSelector: { service: "wave-system" },
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  });
});

test("the chart's account is the one its role trusts", () => {
  expect(values.rbac).toEqual({
    serviceAccount: {
      create: true,
      name: "cluster-autoscaler",
      annotations: { "eks.amazonaws.com/role-arn": roleArn },
    },
  });
  expect(clusterAutoscalerRole(exampleSettings(), clusterName).trust).toEqual({
    kind: "service-account",
    namespace: "kube-system",
    serviceAccount: "cluster-autoscaler",
  });
});

test("a node goes after the time of the settings", () => {
  const after = (change: SettingsChange) =>
    releaseOf(change).values.extraArgs as Record<string, unknown>;
  expect(after({})["scale-down-unneeded-time"]).toBe("10m");
  expect(
    after({ cluster: { autoscaler: { scaleDownAfter: "1h" } } })[
      "scale-down-unneeded-time"
    ],
  ).toBe("1h");
});
