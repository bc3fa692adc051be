import { readFileSync } from "node:fs";
import { type LiteralDocument } from "../../../../tools/audit/permissions/roles";
import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import {
  MANAGED_POLICY_LIMIT,
  lengthOf,
} from "../../../../tools/operate/deployer/parts";
import { projectFile } from "../../../../modules/lib/project-file";
import { readPolicy } from "../../../../modules/lib/policy";
import { type Settings } from "../../../../modules/schema";
import {
  type SettingsChange,
  currentSettings,
  deliverySettings,
  exampleSettings,
  liteSettings,
  platformsSettings,
} from "../../../support/settings";
import { isAllowedBy } from "../../../support/simulate-principal";
import { ABUSES, ABUSES_WITH_BOUNDARY, ABUSES_WITH_RETAIN } from "./abuses";
import { DOCUMENTED } from "./documented";
import { contextOf, resourcesOf } from "./resources";

const BOUND: SettingsChange = {
  iam: {
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/company-boundary",
  },
};
const ECR_KEY: SettingsChange = {
  wave: { classic: { ecrKeySecret: "wave/ecr-key" } },
};
const STATE_ROLE: SettingsChange = {
  backend: {
    kind: "s3",
    bucket: "wave-prod-state-123456789012",
    assumeRole: { roleArn: "arn:aws:iam::123456789012:role/terraform-state" },
  },
};
const FREE: SettingsChange = {
  retain: false,
  charts: {
    efsCsiDriver: {
      repository:
        "oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/charts",
    },
  },
  network: { interfaceEndpoints: ["sts"], podCidr: "100.64.0.0/16" },
};

/** With what the state stack prints for its own bucket. */
const all = (settings: Settings): LiteralDocument[] => [
  ...Object.values(deployerPolicies(settings)),
  readPolicy("state/deployer.json", "aws", {
    BUCKET: "wave-prod-state-123456789012",
    KEY_PREFIX: "wave/prod",
    KEY_ARN: "arn:aws:kms:eu-central-1:123456789012:key/1",
    REGION: "eu-central-1",
    DNS_SUFFIX: "amazonaws.com",
  }),
];

const retiring = all(currentSettings({ ...FREE, ...BOUND, ...STATE_ROLE }));
const classic = all(exampleSettings(ECR_KEY));
const services = all(deliverySettings({ name: "wave" }));

const seen = readFileSync(
  projectFile("__tests__", "golden", "deployer-calls.txt"),
  "utf8",
)
  .trim()
  .split("\n");

/** Whether an action is allowed on each resource that it knows, or where it knows none, at all. */
async function works(
  documents: readonly LiteralDocument[],
  does: string,
): Promise<boolean> {
  const on = (to: string) =>
    isAllowedBy(documents, { does, to, with: contextOf(does, to) });
  const answers = await Promise.all(resourcesOf(does).map(on));
  const known = answers.filter((answer) => answer !== undefined);
  return known.length === 0 ? (await on("*")) === true : known.every(Boolean);
}

async function refused(
  documents: readonly LiteralDocument[],
  actions: readonly string[],
): Promise<string[]> {
  const answers = await Promise.all(
    actions.map(async (action) => [action, await works(documents, action)]),
  );
  return answers
    .filter(([, yes]) => yes !== true)
    .map(([action]) => String(action));
}

const isOperatorPolicy = (action: string): boolean =>
  /^iam:\w*Policy(Version|Versions)?$/.test(action) &&
  !/Role|Default/.test(action);

/** Only services have stores of their own choice, and a chart that is pushed. */
const isOfServices = (action: string): boolean =>
  /^(dynamodb|sns|sqs):|^kms:ReEncrypt|^s3:PutBucketCORS|^ecr:(Put|Upload|Initiate|Complete|BatchCheck)(Image$|Layer)/.test(
    action,
  );

test("every call that the lab saw is allowed", async () => {
  expect(seen.length).toBeGreaterThan(200);
  expect(await refused(retiring, seen)).toEqual([]);
}, 30_000);

test("every call that only documentation names is allowed", async () => {
  const documented = Object.values(DOCUMENTED).flat();
  const ofClassic = documented.filter(isOperatorPolicy);
  const ofServices = documented.filter(isOfServices);
  const others = documented.filter(
    (action) => !isOperatorPolicy(action) && !isOfServices(action),
  );
  expect(ofClassic.length).toBeGreaterThan(5);
  expect(await refused(classic, ofClassic)).toEqual([]);
  expect(ofServices.length).toBeGreaterThan(20);
  expect(await refused(services, ofServices)).toEqual([]);
  expect(await refused(retiring, others)).toEqual([]);
});

test("nothing is allowed that neither the lab saw nor documentation names, and all of that is", () => {
  const reasons = new Set([...seen, ...Object.values(DOCUMENTED).flat()]);
  const allowed = [...retiring, ...classic, ...services].flatMap(
    ({ Statement }) =>
      Statement.filter(({ Effect }) => Effect === "Allow").flatMap(
        ({ Action }) => [Action].flat().map(String),
      ),
  );
  expect(allowed.filter((action) => !reasons.has(action))).toEqual([]);
  expect([...reasons].filter((action) => !allowed.includes(action))).toEqual(
    [],
  );
  expect(allowed.filter((action) => action.includes("*"))).toEqual([]);
});

test.each(ABUSES)("the deployer never %s", async (_, call) => {
  expect([
    await isAllowedBy(retiring, call),
    await isAllowedBy(classic, call),
    await isAllowedBy(services, call),
  ]).toEqual([false, false, false]);
});

test.each(ABUSES_WITH_BOUNDARY)(
  "with a permissions boundary the deployer never %s",
  async (_, call) => {
    expect(await isAllowedBy(retiring, call)).toBe(false);
  },
);

test.each(ABUSES_WITH_RETAIN)(
  "with retain the deployer never %s",
  async (_, call) => {
    expect(await isAllowedBy(retiring, call)).toBe(true);
    expect(await isAllowedBy(classic, call)).toBe(false);
  },
);

test.each([
  ["classic", exampleSettings(ECR_KEY)],
  ["current, retired, with a boundary", currentSettings({ ...FREE, ...BOUND })],
  [
    "current, with a layer cache",
    currentSettings({ data: { buildCache: {} } }),
  ],
  ["lite", liteSettings()],
  [
    "a compute environment with Wave",
    currentSettings({
      ...FREE,
      ...BOUND,
      computeEnv: { launcher: { kind: "none" } },
    }),
  ],
])(
  "%s: each document is a managed policy, and a role takes them all",
  (_, settings) => {
    const documents = Object.values(deployerPolicies(settings));
    expect(documents.length).toBeGreaterThan(5);
    // Ten policies to a role are AWS's default quota; the state's own is one.
    expect(documents.length).toBeLessThanOrEqual(9);
    expect(
      documents.map(lengthOf).filter((length) => length > MANAGED_POLICY_LIMIT),
    ).toEqual([]);
  },
);

test("what an environment does not have, its deployer may not make", () => {
  const actionsOf = (settings: Settings) =>
    JSON.stringify(deployerPolicies(settings));
  const lite = actionsOf(liteSettings());
  expect(lite).not.toContain("ecr:CreateRepository");
  expect(lite).not.toContain("elasticfilesystem:");
  expect(actionsOf(exampleSettings())).not.toContain("rds:CreateDBInstance");
  expect(actionsOf(exampleSettings())).not.toContain("iam:CreatePolicy");
  expect(
    actionsOf(currentSettings({ backend: { kind: "local" } })),
  ).not.toContain("wave-prod-state");
});

test("without Wave nothing of it is allowed, and of a compute environment what it makes", () => {
  const allows = (words: RegExp, change: SettingsChange = {}): boolean => {
    const policies = deployerPolicies(platformsSettings(change));
    return words.test(
      JSON.stringify({ ...policies, "state-bucket": undefined }),
    );
  };
  const fusion = (bucket: object): SettingsChange => ({
    retain: false,
    computeEnv: {
      storage: { kind: "fusion", bucket },
      nodes: { kind: "existing" },
    },
  });
  const made = fusion({ kind: "created" });
  const given = fusion({ kind: "existing", name: "my-bucket" });
  expect(
    allows(
      /ecr:Create|elasticache:[A-Z]|rds:[A-Z]|ses:[A-Z]|acm:|route53:|secretsmanager:[A-Z]|backup:[A-Z]/,
    ),
  ).toBe(false);
  expect(allows(/elasticfilesystem:CreateFileSystem/)).toBe(true);
  expect(allows(/autoscaling:CreateOrUpdateTags/)).toBe(true);
  expect(allows(/elasticfilesystem:Create|autoscaling:/, made)).toBe(false);
  expect(
    allows(/s3:::pipelines-prod-nf-work-123456789012-eu-central-1\/\*/, made),
  ).toBe(true);
  expect([allows(/s3:/), allows(/s3:/, given)]).toEqual([false, false]);
});

test("tags of what exists may be changed, also when the request has none but the new one", () => {
  const tagging = Object.values(deployerPolicies(currentSettings()))
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Action, Condition }) =>
      [Action]
        .flat()
        .filter((action) => /:(Tag|AddTags)/.test(action))
        .map((action) => ({
          action,
          isForNew: /RequestTag|CreateAction/.test(JSON.stringify(Condition)),
        })),
    );
  const actions = [...new Set(tagging.map(({ action }) => action))];
  expect(actions).toContain("iam:TagOpenIDConnectProvider");
  expect(
    actions.filter((action) =>
      tagging.every((one) => one.action !== action || one.isForNew),
    ),
  ).toEqual([]);
});

test("GitHub's provider that exists may be read, and not made or changed", () => {
  const actions = (oidcProvider: "ours" | "existing") =>
    Object.values(
      deployerPolicies(
        deliverySettings({ delivery: { github: { oidcProvider } } }),
      ),
    )
      .flatMap(({ Statement }) => Statement)
      .filter(({ Resource }) => JSON.stringify(Resource).includes("github"))
      .flatMap(({ Action }) => Action);
  expect(actions("existing")).toEqual(["iam:GetOpenIDConnectProvider"]);
  expect(actions("ours")).toContain("iam:CreateOpenIDConnectProvider");
});
