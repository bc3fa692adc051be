import { WorkloadsStack } from "../../modules/stacks/workloads";
import { IdentityStack } from "../../modules/stacks/identity";
import { type Settings } from "../../modules/schema";
import { dataStack } from "../support/data-stack";
import { currentSettings, exampleSettings } from "../support/settings";
import { type StackJson, resourcesOf, synthStacks } from "../support/synth";
import { waveObjects } from "../support/wave";

function identityOf(settings: Settings): StackJson {
  const { identity } = synthStacks((app) => new IdentityStack(app, settings));
  if (identity === undefined) throw new Error("no stack identity");
  return identity;
}

test("a certificate that exists is used, also beside a hosted zone for the other records", () => {
  const certificateArn =
    "arn:aws:acm:eu-central-1:123456789012:certificate/11111111";
  const stack = identityOf(exampleSettings({ dns: { certificateArn } }));
  expect(Object.keys(stack.resource ?? {})).not.toContain(
    "aws_acm_certificate",
  );
  expect(stack.output?.certificate_arn?.value).toBe(certificateArn);
});

test("what receivers do with forged mail is what the settings say", () => {
  const dmarc = "v=DMARC1; p=reject; rua=mailto:dmarc@example.com";
  const stack = identityOf(exampleSettings({ wave: { mail: { dmarc } } }));
  expect(JSON.stringify(resourcesOf(stack, "aws_route53_record"))).toContain(
    dmarc,
  );
});

test("each repository is guarded by a policy of its own: builds push to both, nobody else to either", () => {
  for (const settings of [exampleSettings(), currentSettings()])
    expect(
      Object.values(
        resourcesOf(identityOf(settings), "aws_ecr_repository_policy"),
      ).map(({ repository }) => repository),
    ).toEqual(
      ["build", "cache"].map(
        (what) =>
          `\${element(split(":repository/", data.terraform_remote_state.data.outputs.${what}_repository_arn), 1)}`,
      ),
    );
});

test("the load balancer may write its access logs where the Ingress tells it to", () => {
  const attributes =
    waveObjects().ingress.metadata.annotations?.[
      "alb.ingress.kubernetes.io/load-balancer-attributes"
    ] ?? "";
  const prefix = /access_logs\.s3\.prefix=([^,]+)/.exec(attributes)?.[1];
  expect(prefix).toBe("alb");
  const policies = resourcesOf(dataStack(), "aws_s3_bucket_policy");
  expect(JSON.stringify(policies)).toContain(
    `/${prefix}/AWSLogs/123456789012/*`,
  );
});

test.each([
  ["classic", exampleSettings()],
  ["current", currentSettings()],
])(
  "%s: the release that removes builds waits longer than its Job may take",
  (_line, settings) => {
    const { workloads } = synthStacks(
      (app) => new WorkloadsStack(app, settings),
    );
    const releases = resourcesOf(workloads ?? {}, "helm_release");
    // Its Job has activeDeadlineSeconds: 300, and a node may have to pull kubectl's image first.
    expect(releases["build-cleanup"]?.timeout).toBeGreaterThan(300);
  },
);
