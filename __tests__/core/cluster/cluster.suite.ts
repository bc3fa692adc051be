import {
  createCluster,
  kubeAuthOf,
} from "../../../modules/core/cluster/cluster";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { onlyResource, synthOne } from "../../support/synth";
import { onTerraformCloud } from "../../support/workloads";

test("a token on Terraform Cloud, exec elsewhere, and what the setting says", () => {
  const settings = exampleSettings();
  expect(kubeAuthOf(settings)).toBe("exec");
  expect(kubeAuthOf({ ...settings, ...onTerraformCloud })).toBe("token");
  expect(
    kubeAuthOf({ ...settings, ...onTerraformCloud, kubeAuth: "exec" }),
  ).toBe("exec");
  expect(kubeAuthOf({ ...settings, kubeAuth: "token" })).toBe("token");
});

test("a token where the role asks for an external id, which the AWS CLI cannot give", () => {
  const by = (externalId?: string) =>
    kubeAuthOf(
      exampleSettings({
        access: {
          assumeRole: {
            roleArn: "arn:aws:iam::123456789012:role/wave-deployer",
            externalId,
          },
        },
      }),
    );
  expect(by("wave-prod")).toBe("token");
  expect(by()).toBe("exec");
});

const clusterOf = (change: SettingsChange = {}) =>
  synthOne((stack) => {
    createCluster(stack, exampleSettings(change), {
      subnetIds: ["subnet-a", "subnet-b"],
      logsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/logs",
    });
  });

test("C01, C65: a name of the settings is the cluster's, and of its logs; what the deployer is let at stays named after the environment", () => {
  const stack = clusterOf({
    name: "biomage",
    environment: "staging",
    cluster: { name: "Research_1" },
  });
  expect(onlyResource(stack, "aws_eks_cluster")).toMatchObject({
    name: "Research_1",
    tags: { Name: "biomage-staging-eks" },
    lifecycle: { prevent_destroy: true },
  });
  expect(onlyResource(stack, "aws_cloudwatch_log_group").name).toBe(
    "/aws/eks/Research_1/cluster",
  );
  expect(onlyResource(stack, "aws_kms_key").tags).toEqual({
    Name: "biomage-staging-eks",
  });
  expect(onlyResource(stack, "aws_kms_alias").name).toBe(
    "alias/biomage-staging-eks",
  );
  expect(onlyResource(clusterOf(), "aws_eks_cluster").name).toBe(
    "wave-prod-eks",
  );
});

test("EKS allows no change of zones, so the control plane takes the first two alone", () => {
  const settings = exampleSettings();
  const cluster = synthOne((stack) => {
    createCluster(stack, settings, {
      subnetIds: ["subnet-b", "subnet-c", "subnet-a"],
      logsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/logs",
    });
  });
  expect(onlyResource(cluster, "aws_eks_cluster").vpc_config).toMatchObject({
    subnet_ids: ["subnet-b", "subnet-c"],
  });
});
