import { checkSettings } from "../../../../modules/rules";
import { settingsSchema } from "../../../../modules/schema";
import { NetworkStack } from "../../../../modules/stacks/network";
import { foreignOf } from "../../../../tools/lab/existing/foreign-input";
import {
  missingFrom,
  provocations,
} from "../../../../tools/lab/existing/provocations";
import { type Patch, labSettings } from "../../../../tools/lab/settings";
import { environmentOf } from "../../../support/environment";

const parsed = (patch: Patch = {}) =>
  settingsSchema.parse(
    labSettings("existing", {
      retain: false,
      hostedZoneId: "Z0123456789ABCDEFGHIJ",
      patch,
    }),
  );
const subnet = (digit: string) => `subnet-0123456789abcdef${digit}`;
const known = provocations(foreignOf(parsed()), {
  vpcId: "vpc-0aaaaaaaaaaaaaaa0",
  private: { a: subnet("0"), b: subnet("1") },
  public: { a: subnet("2"), b: subnet("3") },
  clientSecurityGroupId: "sg-0123456789abcdef0",
  odd: {
    vpcId: "vpc-0bbbbbbbbbbbbbbb0",
    small: { id: subnet("4"), cidr: "10.20.255.224/28" },
    full: { id: subnet("5"), cidr: "10.20.255.240/28" },
  },
});

test.each(known)("only AWS can tell: $name", ({ patch }) => {
  expect(checkSettings(parsed(patch))).toEqual([]);
});

/** What is compared with AWS: data sources of what exists, and blocks that only warn. */
const READ = [
  ...["aws_vpc", "aws_subnet", "aws_eks_cluster", "aws_security_group"],
  "aws_iam_openid_connect_provider",
];

interface Conditions {
  readonly data: Record<
    string,
    Record<string, { lifecycle?: { postcondition?: Message[] } }> | undefined
  >;
  readonly check: Record<string, { assert: Message[] }>;
}

interface Message {
  readonly error_message: string;
}

/** Messages of the stack `network` for settings. */
function messagesOf(patch?: Patch): string[] {
  const settings = parsed(patch);
  const { network } = environmentOf(settings, (app) => {
    new NetworkStack(app, settings);
    return app;
  }).stacks;
  const { data, check } = network as unknown as Conditions;
  return [
    ...READ.flatMap((type) => Object.values(data[type] ?? {})).flatMap(
      ({ lifecycle }) => lifecycle?.postcondition ?? [],
    ),
    ...Object.values(check).flatMap(({ assert }) => assert),
  ].map(({ error_message: message }) => message);
}

/** What AWS answers in the provocations, in place of what Terraform reads. */
const answers: readonly (readonly [RegExp, string])[] = [
  [/vpc_id/, "vpc-0bbbbbbbbbbbbbbb0"],
  [/ip_family/, "ipv6"],
  [/authentication_mode/, "CONFIG_MAP"],
  [/status/, "UPDATING"],
  [/self\.version/, "1.33"],
  [/client_id_list/, "sts.amazonaws.com.cn"],
  [/address_count/, "5"],
];
const answered = (message: string): string =>
  message.replace(
    /\$\{[^}]*\}/g,
    (read) => answers.find(([what]) => what.test(read))?.[1] ?? "read",
  );

/** A message without what differs between subnets, ranges and clusters. */
const kindOf = (message: string): string =>
  message
    .replace(/\$\{[^}]*\}/g, "")
    .replace(/\b(vpc|subnet|sg)-\w+/g, "$1")
    .replace(/\b(research-eks|odd|closed|nameless|nobody)\b/g, "cluster")
    .replace(/(private|public)\.[a-f]/g, "subnet")
    .replace(/eu-central-1[a-f]/g, "zone")
    .replace(/\d+(\.\d+)*(\/\d+)?/g, "0");

test("every comparison of what exists with the settings is provoked by one of them", () => {
  const provoked = new Set(
    known.flatMap(({ patch, expected }) =>
      messagesOf(patch)
        .filter((message) =>
          expected.some((one) => one.test(answered(message))),
        )
        .map(kindOf),
    ),
  );
  const all = messagesOf().map(kindOf);
  expect(all.length).toBeGreaterThan(0);
  expect([...new Set(all)].filter((kind) => !provoked.has(kind))).toEqual([]);
});

test("a message that the plan does not have is named", () => {
  const expected = [/status is UPDATING/, /runs 1\.33/];
  expect(missingFrom("it runs 1.33", { expected })).toBe(
    "nothing says /status is UPDATING/",
  );
  expect(missingFrom("status is UPDATING, runs 1.33", { expected })).toBe(
    undefined,
  );
});
