import {
  readAcceptedRisks,
  showExposure,
} from "../../../tools/audit/accepted-risks";
import { exposuresOf } from "../../../tools/audit/exposures";
import { graphOf } from "../../../tools/audit/graph";
import { matchesPattern } from "../../../tools/audit/pattern";
import { synthesize } from "../../../tools/audit/synthesized";
import {
  currentSettings,
  deliverySettings,
  exampleSettings,
  platformsSettings,
} from "../../support/settings";

test("roles are without a boundary until the settings name one, and images are a chart's until they do", () => {
  const changed = exposuresOf(
    graphOf(
      synthesize(
        currentSettings({
          iam: {
            permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
          },
          charts: {
            loadBalancerController: { image: "mirror.example.com/alb:v1" },
          },
        }),
      ),
    ),
  ).map(showExposure);
  expect(changed).not.toContain("open: roles without a permissions boundary");
  expect(changed).not.toContain(
    "image: those that chart aws-load-balancer-controller names",
  );
  expect(changed).toContain("image: mirror.example.com/alb");
});

test("a namespace has one entry, that of its platform", () => {
  const entries = [
    exampleSettings(),
    deliverySettings(),
    platformsSettings(),
  ].flatMap((settings) =>
    exposuresOf(graphOf(synthesize(settings)))
      .map(showExposure)
      .filter((one) => one.startsWith("code: namespace "))
      .map((one) => [
        one,
        readAcceptedRisks()
          .filter(({ covers }) =>
            covers.some((pattern) => matchesPattern(pattern, one)),
          )
          .map(({ id }) => id)
          .join(),
      ]),
  );
  expect(Object.fromEntries(entries)).toMatchObject({
    "code: namespace wave-build of wave takes baseline pods": "RISK-11",
    "code: namespace api-default of delivery takes baseline pods": "RISK-26",
    "code: namespace tower-nf of compute-env takes baseline pods": "RISK-21",
  });
});
