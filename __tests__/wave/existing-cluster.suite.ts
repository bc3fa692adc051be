import { type PolicyDocument } from "../../modules/lib/policy";
import { createBuildCleanup } from "../../modules/wave/objects/build-cleanup";
import { withRelease } from "../../modules/wave/release/release";
import { dataStack } from "../support/data-stack";
import {
  type SettingsChange,
  existingExampleSettings,
} from "../support/settings";
import { onlyResource, resourcesOf, synthOne } from "../support/synth";
import { existingExampleObjects, named } from "../support/wave";
import { workloadsOf } from "../support/workloads";
import { waveInputs } from "../support/wave-inputs";

const CLASSIC: SettingsChange = {
  wave: { version: "1.3.3", autoscaling: undefined },
};
const OF_OTHERS: SettingsChange = {
  cluster: { controllers: { efsCsiDriver: "existing" } },
};

const objects = existingExampleObjects();
const data = dataStack(existingExampleSettings());

describe("stores", () => {
  test("admit nodes that do not carry the cluster's group, each on its port", () => {
    const rules = Object.values(
      resourcesOf(data, "aws_vpc_security_group_ingress_rule"),
    ).filter(
      ({ referenced_security_group_id }) =>
        referenced_security_group_id === "sg-0123456789abcdef0",
    );
    expect(rules.map(({ from_port }) => from_port).sort()).toEqual([
      2049, 5432, 6379,
    ]);
  });

  test("the file system admits build nodes of ours by their group, and asks for no group where there are none", () => {
    const group = "outputs.build_security_group_id";
    expect(JSON.stringify(data)).not.toContain(group);
    const ours = existingExampleSettings({
      cluster: {
        nodeSelectors: { build: undefined },
        nodeGroups: { build: { minSize: 1, maxSize: 3 } },
      },
    });
    expect(JSON.stringify(dataStack(ours))).toContain(group);
  });

  const mountConditions = (change?: SettingsChange) => {
    const { policy } = onlyResource(
      dataStack(existingExampleSettings(change)),
      "aws_efs_file_system_policy",
    );
    const [allow, deny] = (JSON.parse(policy as string) as PolicyDocument)
      .Statement;
    return {
      keys: Object.keys(allow?.Condition?.StringEquals ?? {}),
      allow,
      deny,
    };
  };

  test("our driver mounts with its own role alone", () => {
    expect(mountConditions().keys).toEqual([
      "elasticfilesystem:AccessPointArn",
      "aws:PrincipalArn",
    ]);
  });

  test("a driver of somebody else mounts with a signature of this account, through our access points, over TLS", () => {
    const { allow, deny } = mountConditions(OF_OTHERS);
    expect(allow?.Condition).toEqual({
      Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
      StringEquals: {
        "elasticfilesystem:AccessPointArn": expect.arrayContaining([
          expect.stringContaining("access_point"),
        ]) as unknown,
        "aws:PrincipalAccount": "123456789012",
      },
    });
    expect(deny).toMatchObject({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});

describe("nodes", () => {
  test("Wave goes where the settings say, and builds by their one label", () => {
    expect(named(objects.deployments, "wave").spec.template.spec).toMatchObject(
      { nodeSelector: { nodegroup: "general" } },
    );
    expect(objects.configFile).toMatchObject({
      wave: {
        build: {
          k8s: {
            nodeSelector: {
              "linux/amd64": "nodegroup=builders",
              noarch: "nodegroup=builders",
            },
          },
        },
      },
    });
  });

  test("without a selector Wave goes anywhere, and the classic line to amd64", () => {
    const anywhere: SettingsChange = {
      cluster: { nodeSelectors: { system: { nodegroup: undefined } } },
    };
    const selectorOf = (change: SettingsChange) =>
      named(existingExampleObjects(change).deployments, "wave").spec.template
        .spec;
    expect(selectorOf(anywhere)).toMatchObject({ nodeSelector: {} });
    expect(selectorOf({ ...anywhere, ...CLASSIC })).toMatchObject({
      nodeSelector: { "kubernetes.io/arch": "amd64" },
    });
  });

  test("on the classic line store, export and sweep go there too", () => {
    const { deployments, cronJobs } = existingExampleObjects(CLASSIC);
    const selectors = [
      ...Object.values(deployments).map(({ spec }) => spec.template.spec),
      ...Object.values(cronJobs).map(
        ({ spec }) => spec.jobTemplate.spec.template.spec,
      ),
    ].map((pod) => (pod as { nodeSelector?: unknown }).nodeSelector);
    expect(selectors).toHaveLength(4);
    for (const selector of selectors)
      expect(selector).toMatchObject({ nodegroup: "general" });
  });

  test("builds for arm64 have nodes of their own", () => {
    const { configFile } = existingExampleObjects({
      cluster: { nodeSelectors: { buildArm64: { pool: "arm" } } },
      wave: { build: { arm64: true } },
    });
    expect(configFile).toMatchObject({
      wave: {
        build: { k8s: { nodeSelector: { "linux/arm64": "pool=arm" } } },
      },
    });
  });

  test("a group of ours takes the place of given nodes for builds, by its own label", () => {
    const { configFile } = existingExampleObjects({
      cluster: {
        nodeSelectors: { build: undefined },
        nodeGroups: { build: { minSize: 1, maxSize: 2 } },
      },
    });
    expect(configFile).toMatchObject({
      wave: {
        build: {
          k8s: { nodeSelector: { "linux/amd64": "service=wave-build" } },
        },
      },
    });
  });

  test.each([
    ["current", {}, "jobs,pods", "wave-build-cleanup"],
    ["classic", CLASSIC, "pods", "wave-build-sweep"],
  ] as const)(
    "what a destroy of the %s line runs first goes there too, and deletes what its Role allows",
    (_line, change, kinds, app) => {
      const settings = withRelease(existingExampleSettings(change));
      const stack = synthOne(
        (scope) => void createBuildCleanup(scope, settings, []),
      );
      const { chart, values } = onlyResource(stack, "helm_release");
      expect(chart).toContain("build-cleanup-chart");
      expect(JSON.parse((values as string[])[0] ?? "")).toEqual({
        image: settings.wave.images.sweep,
        serviceAccount: app,
        app,
        kinds,
        nodeSelector: { nodegroup: "general" },
      });
    },
  );

  test("whoever removes nodes waits for builds", () => {
    expect(objects.buildDisruptionBudget).toMatchObject({
      spec: { minAvailable: "100000" },
    });
  });
});

describe("controllers of somebody else", () => {
  const workloads = workloadsOf(existingExampleSettings(OF_OTHERS));
  const dependenciesOf = (type: string) =>
    Object.values(resourcesOf(workloads, type)).flatMap(
      ({ depends_on }) => (depends_on ?? []) as string[],
    );

  test("nothing of theirs is installed, and nothing waits for it", () => {
    expect(Object.keys(resourcesOf(workloads, "helm_release"))).toEqual([
      "build-cleanup",
    ]);
    expect(dependenciesOf("kubernetes_namespace_v1")).toEqual([]);
    expect(dependenciesOf("kubernetes_ingress_v1")).toEqual([
      "kubernetes_service_v1.service-wave",
    ]);
  });

  test("their driver mounts the same volumes", () => {
    expect(
      Object.values(resourcesOf(workloads, "kubernetes_persistent_volume_v1")),
    ).toHaveLength(2);
    expect(
      Object.keys(
        resourcesOf(workloads, "kubernetes_persistent_volume_claim_v1"),
      ),
    ).toEqual(["claim-wave-app-fs", "claim-wave-build-fs"]);
    expect(dependenciesOf("kubernetes_persistent_volume_v1")).toEqual([
      "kubernetes_storage_class_v1.storage-class",
      "kubernetes_storage_class_v1.storage-class",
    ]);
  });
});

describe("network", () => {
  type Peers = readonly { ipBlock?: { cidr: string; except?: string[] } }[];
  const policyOf = (name: string, change?: SettingsChange) =>
    named(existingExampleObjects(change).networkPolicies, name)
      .spec as unknown as {
      ingress: { from: Peers }[];
      egress: { to: Peers }[];
    };
  const cidrsOf = (rules: readonly { to?: Peers; from?: Peers }[]) =>
    rules
      .flatMap(({ to, from }) => to ?? from ?? [])
      .flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);

  test("builds reach nothing in any range of the VPC, nor a service", () => {
    const closed = policyOf("wave-build")
      .egress.flatMap(({ to }) => to)
      .flatMap(({ ipBlock }) => ipBlock?.except ?? []);
    for (const range of ["10.20.0.0/16", "100.64.0.0/16", "172.20.0.0/16"])
      expect(closed).toContain(range);
  });

  test("interface endpoints of the VPC are open to builds where the settings name their subnets", () => {
    const endpointCidrs = ["10.20.64.0/24", "10.20.65.0/24"];
    expect(
      cidrsOf(policyOf("wave-build", { network: { endpointCidrs } }).egress),
    ).toEqual(["0.0.0.0/0", ...endpointCidrs]);
  });

  test.each([
    ["internet-facing", "public", ["10.20.240.0/24", "10.20.241.0/24"]],
    ["internal", "private", ["10.20.0.0/20", "10.20.16.0/20"]],
  ] as const)(
    "an %s load balancer stands in the %s subnets by their ids, and Wave lets their ranges in",
    (scheme, kind, cidrs) => {
      const change: SettingsChange = {
        wave: { ingress: { scheme, inboundCidrs: ["198.51.100.0/24"] } },
      };
      const { subnets } = waveInputs(existingExampleSettings(change));
      const { annotations = {} } =
        existingExampleObjects(change).ingress.metadata;
      // Subnets of others may lack the tags by which a controller would find them.
      expect(annotations["alb.ingress.kubernetes.io/subnets"]).toBe(
        Object.values(subnets[`${kind}SubnetIds`]).join(),
      );
      expect(cidrsOf(policyOf("wave", change).ingress)).toEqual(cidrs);
    },
  );

  test("a controller of somebody else is told nothing of AWS WAF, unless an ACL is wanted", () => {
    const key = "alb.ingress.kubernetes.io/wafv2-acl-arn";
    const aclOf = (change?: SettingsChange) =>
      existingExampleObjects(change).ingress.metadata.annotations?.[key];
    expect(aclOf()).toBeUndefined();
    const ours: SettingsChange = {
      cluster: { controllers: { loadBalancerController: "ours" } },
    };
    expect(aclOf(ours)).toBe("none");
    const wafAclArn =
      "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/11111111-2222-3333-4444-555555555555";
    expect(aclOf({ wave: { ingress: { wafAclArn } } })).toBe(wafAclArn);
  });
});
