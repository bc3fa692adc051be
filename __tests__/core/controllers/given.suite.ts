import { IdentityStack } from "../../../modules/stacks/identity";
import { existingSettings } from "../../support/existing";
import { type SettingsChange } from "../../support/settings";
import { dataOf } from "../../support/preflight";
import { resourcesOf, synthStacks } from "../../support/synth";
import { workloadsOf } from "../../support/workloads";

const of = (cluster: object): SettingsChange => ({ cluster });
const identityOf = (change: SettingsChange = {}) =>
  synthStacks((app) => new IdentityStack(app, existingSettings(change)))
    .identity ?? {};
const ours = of({
  controllers: { loadBalancerController: "ours" },
  oidcProvider: "ours",
});

describe("controllers and provider that exist", () => {
  const identity = identityOf();
  const workloads = workloadsOf(
    existingSettings({
      registries: [{ host: "registry.example.com", secret: "wave/registry" }],
    }),
  );

  test("no provider is made: roles trust the one that was read", () => {
    expect(identity.resource).not.toHaveProperty(
      "aws_iam_openid_connect_provider",
    );
    expect(dataOf(identity, "aws_iam_openid_connect_provider")).toMatchObject([
      {
        arn: 'arn:aws:iam::123456789012:oidc-provider/${trimprefix(data.terraform_remote_state.network.outputs.oidc_issuer, "https://")}',
      },
    ]);
    const trusts = Object.values(resourcesOf(identity, "aws_iam_role"))
      .map(({ assume_role_policy }) => String(assume_role_policy))
      .filter((trust) => trust.includes("sts:AssumeRoleWithWebIdentity"));
    expect(trusts.length).toBeGreaterThan(0);
    for (const trust of trusts)
      expect(trust).toContain(
        "${data.aws_iam_openid_connect_provider.oidc-provider.arn}",
      );
    expect(identity.output?.oidc_provider_arn?.value).toBe(
      "${data.aws_iam_openid_connect_provider.oidc-provider.arn}",
    );
  });

  test("no role and no release of a controller, and no login for its images", () => {
    expect(
      Object.keys(resourcesOf(identity, "aws_iam_role")).join(),
    ).not.toMatch(/controller|efs-csi|autoscaler/);
    // Of Wave.
    expect(Object.keys(resourcesOf(workloads, "helm_release"))).toEqual([
      "build-cleanup",
    ]);
    expect(Object.keys(identity.output ?? {}).join()).not.toMatch(
      /controller|efs_csi/,
    );
    const secrets = JSON.stringify(
      resourcesOf(workloads, "kubernetes_secret_v1"),
    );
    expect(secrets).toContain("registry-logins");
    expect(secrets).not.toContain("kube-system");
  });
});

describe("ours in a cluster that exists", () => {
  test("the provider is made, and kept while retain is on", () => {
    expect(
      Object.values(
        resourcesOf(identityOf(ours), "aws_iam_openid_connect_provider"),
      ),
    ).toMatchObject([{ lifecycle: { prevent_destroy: true } }]);
  });

  test("the load-balancer controller runs on the nodes of the settings, and balances for the cluster by its name", () => {
    const { "load-balancer-controller": release } = resourcesOf(
      workloadsOf(existingSettings(ours)),
      "helm_release",
    );
    expect(String(release?.values)).toContain(
      '"nodeSelector":{"nodegroup":"general"}',
    );
    expect(String(release?.values)).toContain(
      "data.terraform_remote_state.network.outputs.cluster_name",
    );
  });
});

test("the load balancers' VPC may be that of another account, which shares it", () => {
  const policyOf = (change: SettingsChange) =>
    JSON.stringify(resourcesOf(identityOf(change), "aws_iam_role_policy"));
  expect(policyOf(ours)).toContain(
    "arn:aws:ec2:eu-central-1:${data.terraform_remote_state.network.outputs.vpc_owner_id}:vpc/${data.terraform_remote_state.network.outputs.vpc_id}",
  );
});
