import { parse } from "yaml";
import { deployerPolicies } from "../../tools/operate/deployer/documents";
import { warningsOf } from "../../modules/rules";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";
import { networkOf } from "../support/network";
import { type StackJson, resourcesOf } from "../support/synth";
import { workloadsOf } from "../support/workloads";

const HARBOR = "harbor.example.com:8443";
const mirrors: SettingsChange = {
  registries: [
    { host: HARBOR, secret: "wave/harbor" },
    { host: "docker.io", secret: "wave/docker.io" },
  ],
  charts: {
    efsCsiDriver: { repository: `oci://${HARBOR}/charts` },
    loadBalancerController: {
      repository:
        "oci://210987654321.dkr.ecr.eu-west-1.amazonaws.com/team/charts",
    },
  },
};

type Block = Readonly<Record<string, unknown>>;
const LOGINS = "registry-logins";

/** Every block of a resource that holds containers. */
function podsIn(node: unknown): Block[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "container" in node ? [node as Block] : [];
  return [...own, ...Object.values(node).flatMap(podsIn)];
}

const all = (stack: StackJson, type: string): Block[] =>
  Object.values(stack.resource?.[type] ?? {});

const nameOf = ({ metadata }: Block) =>
  metadata as { name: string; namespace: string };

/** Pods of our own objects that pull without the logins: neither they nor their account names the Secret. */
function withoutLogin(stack: StackJson): string[] {
  const accounts = all(stack, "kubernetes_service_account_v1");
  const names = (block: Block, key: string): string[] =>
    ((block[key] ?? []) as { name: string }[]).map(({ name }) => name);
  return ["kubernetes_deployment_v1", "kubernetes_cron_job_v1"]
    .flatMap((type) => all(stack, type))
    .filter((owner) =>
      podsIn(owner.spec).some((pod) => {
        const own = names(pod, "image_pull_secrets");
        const account = accounts.find(
          (one) =>
            nameOf(one).name === pod.service_account_name &&
            nameOf(one).namespace === nameOf(owner).namespace,
        );
        const pulls =
          own.length > 0 ? own : names(account ?? {}, "image_pull_secret");
        return !pulls.includes(LOGINS);
      }),
    )
    .map((owner) => nameOf(owner).name);
}

const classic = workloadsOf(exampleSettings(mirrors));
const LINES: [string, StackJson][] = [
  ["classic", classic],
  ["current", workloadsOf(currentSettings(mirrors))],
  ["lite", workloadsOf(liteSettings(mirrors))],
];

describe.each(LINES)("%s", (_, stack) => {
  const secrets = all(stack, "kubernetes_secret_v1").filter(
    (one) => nameOf(one).name === LOGINS,
  );

  test("every namespace with pods of ours has the logins, kube-system included", () => {
    const made = all(stack, "kubernetes_namespace_v1").map(
      (one) => nameOf(one).name,
    );
    expect(secrets.map((one) => nameOf(one).namespace).sort()).toEqual(
      [...made, "kube-system"].sort(),
    );
  });

  test("every pod pulls with them: by itself, or by its account, as those that Wave makes do", () => {
    expect(withoutLogin(stack)).toEqual([]);
    const accounts = all(stack, "kubernetes_service_account_v1");
    expect(accounts.length).toBeGreaterThan(0);
    expect(
      accounts.filter(
        (one) =>
          JSON.stringify(one.image_pull_secret) !==
          JSON.stringify([{ name: LOGINS }]),
      ),
    ).toEqual([]);
  });

  test("every chart from a repository does too, and waits for the Secret", () => {
    const charts = all(stack, "helm_release").filter(
      ({ repository }) => repository !== undefined,
    );
    expect(charts.length).toBeGreaterThan(0);
    for (const { values, depends_on } of charts) {
      const [text = ""] = values as string[];
      expect(text).toContain(LOGINS);
      expect(depends_on).toContain(
        "kubernetes_secret_v1.registry-logins-of-controllers",
      );
    }
  });
});

test("each chart gets the Secret as it wants it: names for the EFS driver and the autoscaler, objects for the load-balancer controller", () => {
  const valuesOf = (name: string) => {
    const [text = ""] = resourcesOf(classic, "helm_release")[name]
      ?.values as string[];
    return parse(text) as { imagePullSecrets: unknown; image: object };
  };
  expect(valuesOf("efs-csi-driver").imagePullSecrets).toEqual([LOGINS]);
  expect(valuesOf("load-balancer-controller").imagePullSecrets).toEqual([
    { name: LOGINS },
  ]);
  expect(valuesOf("cluster-autoscaler").image).toMatchObject({
    pullSecrets: [LOGINS],
  });
});

test("the logins come from Secrets Manager and are written only, by the names that kubelet knows", () => {
  const [one] = all(classic, "kubernetes_secret_v1").filter(
    (secret) => nameOf(secret).name === LOGINS,
  );
  expect(one?.type).toBe("kubernetes.io/dockerconfigjson");
  expect(one).not.toHaveProperty("data");
  const text = (one?.data_wo as Record<string, string>)[".dockerconfigjson"];
  expect(text).toContain(`"${HARBOR}" = {username = jsondecode(ephemeral.`);
  expect(text).toContain(`"https://index.docker.io/v1/" = {`);
  const read = Object.values(
    classic.ephemeral?.aws_secretsmanager_secret_version ?? {},
  ).map(({ secret_id }) => secret_id);
  expect(read).toEqual(
    expect.arrayContaining(["wave/harbor", "wave/docker.io"]),
  );
});

test("charts of oci:// are read with the login, those of ECR with a token of its region, and nothing is kept", () => {
  const [{ registries } = {}] = classic.provider?.helm ?? [];
  expect(registries).toEqual([
    {
      url: `oci://${HARBOR}`,
      username: expect.stringMatching(
        /^\$\{jsondecode\(ephemeral\.aws_secretsmanager_secret_version\.\S+\)\["username"\]\}$/,
      ) as string,
      password: expect.stringMatching(/\["password"\]\}$/) as string,
    },
    {
      url: "oci://210987654321.dkr.ecr.eu-west-1.amazonaws.com",
      username: expect.stringMatching(
        /^\$\{ephemeral\.aws_ecr_authorization_token\.\S+\.user_name\}$/,
      ) as string,
      password: expect.stringMatching(/\.password\}$/) as string,
    },
  ]);
  expect(
    Object.values(classic.ephemeral?.aws_ecr_authorization_token ?? {}),
  ).toEqual([{ region: "eu-west-1" }]);
});

test("the plan of network looks for the secrets, and the deployer may read them and the charts in ECR", () => {
  const network = networkOf(mirrors);
  expect(JSON.stringify(network.data?.aws_secretsmanager_secrets)).toContain(
    "registries[0].secret is wave/harbor",
  );
  const policies = JSON.stringify(deployerPolicies(exampleSettings(mirrors)));
  expect(policies).toContain("secret:wave/harbor-??????");
  expect(policies).toContain("ecr:GetAuthorizationToken");
  expect(policies).toContain(
    "arn:aws:ecr:eu-west-1:210987654321:repository/team/charts/aws-load-balancer-controller",
  );
});

test("without the setting nothing changes", () => {
  const plain = workloadsOf(exampleSettings());
  expect(JSON.stringify([plain.resource, plain.provider])).not.toMatch(
    /registry-logins|"registries"/,
  );
  expect(JSON.stringify(deployerPolicies(exampleSettings()))).not.toContain(
    "ecr:GetAuthorizationToken",
  );
});

test.each([
  [
    "a host that nothing comes from, such as one with another port",
    { registries: [{ host: "harbor.example.com", secret: "x" }] },
    /registries\[0\]\.host harbor\.example\.com is the registry of no image/,
  ],
  [
    "charts by https from a host with a login",
    {
      registries: [{ host: "kubernetes-sigs.github.io", secret: "x" }],
    },
    /charts\.efsCsiDriver\.repository .* is read without the login/,
  ],
])("a synth tells of %s", (_, change, sentence) => {
  expect(
    warningsOf(exampleSettings({ ...mirrors, charts: {}, ...change })),
  ).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
});

test("and is silent of one that the images come from", () => {
  const quiet = exampleSettings({
    ...mirrors,
    wave: { images: { sweep: `${HARBOR}/k8s/kubectl:v1.36.0` } },
  });
  expect(warningsOf(quiet).join()).not.toContain("registries[");
});
