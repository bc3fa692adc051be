import {
  kubeAuthOf,
  placeClusterAccess,
} from "../../modules/kubernetes/cluster-access";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { exampleSettings } from "../support/settings";
import { synthOne } from "../support/synth";
import { onTerraformCloud } from "../support/workloads";

const cluster = {
  clusterName: "wave-prod",
  clusterEndpoint: "https://api.example.com",
  clusterCertificateAuthority: "Q0E=",
};

function access(change: Partial<Settings>) {
  const json = synthOne((stack) => {
    placeClusterAccess(stack, { ...exampleSettings(), ...change }, cluster);
  });
  return {
    kubernetes: json.provider?.kubernetes?.[0],
    helm: json.provider?.helm?.[0]?.kubernetes as Record<string, unknown>,
    ephemeral: json.ephemeral,
    text: JSON.stringify(json),
  };
}

const exec = {
  api_version: "client.authentication.k8s.io/v1beta1",
  command: "aws",
  args: [
    "eks",
    "get-token",
    "--cluster-name",
    "wave-prod",
    "--region",
    "eu-central-1",
    "--output",
    "json",
  ],
};

test("exec is a list for kubernetes and an object for helm", () => {
  const { kubernetes, helm } = access({ kubeAuth: "exec" });
  expect(kubernetes?.exec).toEqual([exec]);
  expect(helm.exec).toEqual(exec);
});

test("both providers know address and certificate authority of the cluster", () => {
  const { kubernetes, helm } = access({ kubeAuth: "exec" });
  for (const provider of [kubernetes, helm])
    expect(provider).toMatchObject({
      host: "https://api.example.com",
      cluster_ca_certificate: '${base64decode("Q0E=")}',
    });
});

test("the token is ephemeral and feeds both providers", () => {
  const { kubernetes, helm, ephemeral } = access({ kubeAuth: "token" });
  expect(ephemeral).toEqual({
    aws_eks_cluster_auth: { cluster: { name: "wave-prod" } },
  });
  const token = "${ephemeral.aws_eks_cluster_auth.cluster.token}";
  expect(kubernetes?.token).toBe(token);
  expect(helm.token).toBe(token);
});

test("never exec and token at once", () => {
  expect(access({ kubeAuth: "token" }).text).not.toContain("exec");
  const withExec = access({ kubeAuth: "exec" });
  expect(withExec.ephemeral).toBeUndefined();
  expect(withExec.kubernetes).not.toHaveProperty("token");
  expect(withExec.helm).not.toHaveProperty("token");
});

test("a token on Terraform Cloud, exec elsewhere, and what the setting says", () => {
  const settings = exampleSettings();
  expect(kubeAuthOf(settings)).toBe("exec");
  expect(kubeAuthOf({ ...settings, ...onTerraformCloud })).toBe("token");
  expect(
    kubeAuthOf({ ...settings, ...onTerraformCloud, kubeAuth: "exec" }),
  ).toBe("exec");
  expect(kubeAuthOf({ ...settings, kubeAuth: "token" })).toBe("token");
});
