import { type Measured, elsewhere } from "../../../tools/audit/figures/figure";
import { cisFigure, podFigure } from "../../../tools/audit/figures/hardening";
import { rightsFigure } from "../../../tools/audit/figures/rights";
import {
  supportFigure,
  typedFigure,
} from "../../../tools/audit/figures/stability";
import { type StackJson, graphOf } from "../../../tools/audit/graph";
import { judge } from "../../../tools/audit/judge";
import { endOf } from "../../../modules/core/versions/support";
import { exampleSettings } from "../../support/settings";

/** An environment of one hand-made stack. */
function measured(stack: StackJson, change = {}): Measured {
  const stacks = { workloads: stack };
  const graph = graphOf(stacks);
  return {
    name: "sample",
    settings: exampleSettings(change),
    synthesized: { texts: {}, stacks, traces: new Map() },
    graph,
    covers: [],
    findings: judge(graph),
  };
}

const pod = (security: object): StackJson => ({
  resource: {
    kubernetes_deployment_v1: {
      wave: {
        metadata: { name: "wave", namespace: "wave" },
        spec: {
          template: {
            spec: {
              automount_service_account_token: false,
              container: [{ name: "wave", security_context: security }],
            },
          },
        },
      },
    },
  },
});

const role = (action: string, sub: object): StackJson => ({
  resource: {
    aws_iam_role: {
      build: {
        name: "wave-prod-euc1-wave-build",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Federated: "arn:aws:iam::1:oidc-provider/x" },
              Action: "sts:AssumeRoleWithWebIdentity",
              Condition: sub,
            },
          ],
        }),
      },
    },
    aws_iam_role_policy: {
      build: {
        name: "build",
        role: "${aws_iam_role.build.name}",
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
        }),
      },
    },
  },
});

const EXACT = { StringEquals: { "x:sub": "system:a:b", "x:aud": "sts" } };

test("a pod that may gain rights is not counted as restricted", () => {
  const { value, met } = podFigure([measured(pod({}))]);
  expect(value).toBe("0 of 1; 0; 0; 0");
  expect(met).toBe(false);
});

test("items without a rule that judged are not counted as met by code", () => {
  const { value, met } = cisFigure([measured({})]);
  expect(value).toBe("sample 0/13/1/36; 0");
  expect(met).toBe(false);
});

test.each([
  ["exact", "ecr:PutImage", EXACT, "0; 0 of 1 (0 %); 0; 1 of 1", true],
  ["everything", "*", EXACT, "1; 0 of 1 (0 %); 0; 1 of 1", false],
  ["a bucket", "s3:GetObject", EXACT, "0; 0 of 1 (0 %); 1; 1 of 1", false],
  [
    "any account",
    "ecr:PutImage",
    { StringLike: { "x:sub": "system:a:*" }, StringEquals: { "x:aud": "sts" } },
    "0; 0 of 1 (0 %); 0; 0 of 1",
    false,
  ],
])("%s", (_, action, trust, value, met) => {
  expect(rightsFigure([measured(role(action, trust))])).toMatchObject({
    value,
    met,
  });
});

test("an untyped object and a required version are counted", () => {
  const untyped = measured({
    resource: { kubernetes_manifest: { any: {} } },
    terraform: { required_version: "1.11.4" },
  });
  expect(typedFigure([untyped])).toMatchObject({
    value: "0 of 1; 1",
    met: false,
  });
});

test("days are counted from the day that is asked about", () => {
  const end = endOf("Amazon EKS", "1.36") ?? "";
  const daysBefore = (days: number) =>
    new Date(Date.parse(end) - days * 86_400_000).toISOString().slice(0, 10);
  const all = [measured({}, { cluster: { version: "1.36" } })];
  expect(supportFigure(all, daysBefore(60))).toMatchObject({
    value: "sample 60 (1.36)",
    met: true,
  });
  expect(supportFigure(all, daysBefore(59)).met).toBe(false);
});

test("what is not measured says so, and is neither met nor missed", () => {
  const figure = elsewhere("FIG-09", "a", "b", "npm run lab");
  expect(figure.value).toMatch(/^not measured here: /);
  expect(figure.met).toBeUndefined();
});
