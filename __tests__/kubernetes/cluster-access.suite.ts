import {
  type ClusterAccessProps,
  createClusterAccess,
} from "../../modules/kubernetes/cluster-access";
import { synthOne } from "../support/synth";

const cluster: ClusterAccessProps = {
  clusterName: "wave-prod",
  clusterEndpoint: "https://api.example.com",
  clusterCertificateAuthority: "Q0E=",
  region: "eu-central-1",
};

function access(auth?: ClusterAccessProps["auth"]) {
  const json = synthOne((stack) => {
    createClusterAccess(stack, { ...cluster, auth });
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

test("exec, which is the default, is a list for kubernetes and an object for helm", () => {
  for (const { kubernetes, helm } of [access("exec"), access()]) {
    expect(kubernetes?.exec).toEqual([exec]);
    expect(helm.exec).toEqual(exec);
  }
});

test("both providers know address and certificate authority of the cluster", () => {
  const { kubernetes, helm } = access();
  for (const provider of [kubernetes, helm])
    expect(provider).toMatchObject({
      host: "https://api.example.com",
      cluster_ca_certificate: '${base64decode("Q0E=")}',
    });
});

test("the token is ephemeral and feeds both providers", () => {
  const { kubernetes, helm, ephemeral } = access("token");
  expect(ephemeral).toEqual({
    aws_eks_cluster_auth: { cluster: { name: "wave-prod" } },
  });
  const token = "${ephemeral.aws_eks_cluster_auth.cluster.token}";
  expect(kubernetes?.token).toBe(token);
  expect(helm.token).toBe(token);
});

test("never exec and token at once", () => {
  expect(access("token").text).not.toContain("exec");
  const withExec = access("exec");
  expect(withExec.ephemeral).toBeUndefined();
  expect(withExec.kubernetes).not.toHaveProperty("token");
  expect(withExec.helm).not.toHaveProperty("token");
});
