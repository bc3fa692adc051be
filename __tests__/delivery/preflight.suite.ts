import { deliveryExpectations } from "../../modules/delivery/preflight";
import { conditionsOf, dataOf, preflightOf } from "../support/preflight";
import { type SettingsChange, deliverySettings } from "../support/settings";

const expected = (change: SettingsChange = {}) =>
  preflightOf(deliveryExpectations(deliverySettings(change)));
const messages = (change: SettingsChange, type: string): string[] =>
  conditionsOf(expected(change), type).map((one) => one.error_message);

const OWN: SettingsChange["delivery"] = {
  tls: {
    kind: "acmExisting",
    certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/a",
  },
};

test("C21: the zone holds the domain and is public, where a certificate is proved in it", () => {
  const [isPublic, holds, ...more] = conditionsOf(
    expected({ delivery: { hostedZoneId: "Z99999999999999999999" } }),
    "aws_route53_zone",
  );
  expect(more).toEqual([]);
  expect(isPublic?.condition).toBe("${!self.private_zone}");
  expect(isPublic?.error_message).toMatch(
    /^delivery\.hostedZoneId Z9+ .*private zone.*delivery\.tls\.kind: acmExisting/,
  );
  expect(holds?.condition).toContain('endswith(".scp.example.org"');
  expect(messages({}, "aws_route53_zone").join()).toContain(
    "dns.hostedZoneId Z0123456789ABCDEFGHIJ",
  );
});

test("a private zone is enough inside, with a certificate of one's own, and no zone is read where nobody writes", () => {
  const inside: SettingsChange = {
    delivery: { ...OWN, ingress: { scheme: "internal" } },
  };
  expect(messages(inside, "aws_route53_zone")).toEqual([
    expect.stringMatching(/^delivery\.domain is scp\.example\.org, which is/),
  ]);
  expect(
    dataOf(
      expected({ delivery: { ...OWN, dns: { owner: "none" } } }),
      "aws_route53_zone",
    ),
  ).toEqual([]);
});

const api = {
  name: "api",
  repository: "example/api",
  namespaces: ["api-default"],
  ecr: { kind: "existing" as const },
};

test("C49: repositories that exist are looked up by name", () => {
  const services = [api, { name: "ui", repository: "example/ui" }];
  expect(
    conditionsOf(expected({ delivery: { services } }), "aws_ecr_repositories"),
  ).toEqual([
    {
      condition: '${contains(self.names, "api")}',
      error_message: expect.stringContaining(
        "no repository api in eu-central-1",
      ) as unknown,
    },
  ]);
  expect(dataOf(expected(), "aws_ecr_repositories")).toEqual([]);
});

test("C50: GitHub's provider that exists is looked up, where somebody logs in by it", () => {
  const type = "aws_iam_openid_connect_provider";
  const github = { oidcProvider: "existing" } as const;
  expect(dataOf(expected({ delivery: { github } }), type)).toMatchObject([
    {
      arn: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    },
  ]);
  expect(dataOf(expected(), type)).toEqual([]);
  expect(
    dataOf(expected({ delivery: { github, services: [api] } }), type),
  ).toEqual([]);
});
