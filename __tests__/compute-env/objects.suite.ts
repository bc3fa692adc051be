import {
  accounts,
  defaultAccount,
  launcherBindings,
  launcherRole,
  limits,
  pipelineNamespace,
  quota,
} from "../../modules/compute-env/objects";
import { STORAGES, withComputeEnv } from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";

const settings = platformsSettings();

test.each([
  ["efs", "baseline"],
  ["nfs", "baseline"],
  ["claim", "baseline"],
  ["fusion", "baseline"],
  ["privileged", "privileged"],
] as const)(
  "T-01: with storage %s the namespace enforces %s, and reports beyond baseline",
  (kind, enforce) => {
    const { metadata } = pipelineNamespace(
      withComputeEnv({ storage: STORAGES[kind] }),
    );
    expect(metadata.name).toBe("tower-nf");
    expect(metadata.labels).toMatchObject({
      "pod-security.kubernetes.io/enforce": enforce,
      "pod-security.kubernetes.io/audit": "baseline",
      "pod-security.kubernetes.io/warn": "baseline",
    });
  },
);

test("T-01: the namespace can have another name, and every object follows it", () => {
  const other = withComputeEnv({ namespace: "pipelines" });
  const { head, user } = launcherBindings(other);
  const objects = [
    ...Object.values(accounts(other, undefined)),
    defaultAccount(other),
    launcherRole(other),
    head,
    user,
    quota(other),
    limits(other),
  ];
  expect(pipelineNamespace(other).metadata.name).toBe("pipelines");
  for (const { metadata } of objects)
    expect(metadata.namespace).toBe("pipelines");
  expect(head).toMatchObject({ subject: [{ namespace: "pipelines" }] });
});

test("the namespace refuses a destroy while retain is on, and has time for finalizers", () => {
  for (const retain of [true, false])
    expect(pipelineNamespace(platformsSettings({ retain }))).toMatchObject({
      lifecycle: { preventDestroy: retain },
      timeouts: { delete: "20m" },
    });
});

test.each(Object.keys(STORAGES) as (keyof typeof STORAGES)[])(
  "T-02, T-02b, T-22: with storage %s the head account mounts its token, and neither the account of tasks nor the default one does",
  (kind) => {
    const some = withComputeEnv({ storage: STORAGES[kind] });
    const { head, compute } = accounts(some, "arn:aws:iam::1:role/fusion");
    expect(head.automountServiceAccountToken).toBe(true);
    expect(compute.automountServiceAccountToken).toBe(false);
    expect(defaultAccount(some).automountServiceAccountToken).toBe(false);
  },
);

test("T-02, T-02b: the accounts have the names of the settings", () => {
  const names = Object.values(
    accounts(
      withComputeEnv({
        headServiceAccount: "head",
        computeServiceAccount: "task",
      }),
      undefined,
    ),
  ).map(({ metadata }) => metadata.name);
  expect(names).toEqual(["head", "task"]);
});

test("T-12: both accounts have the role of Fusion, and without it none", () => {
  const role = "arn:aws:iam::123456789012:role/fusion";
  for (const { metadata } of Object.values(accounts(settings, role)))
    expect(metadata.annotations).toEqual({
      "eks.amazonaws.com/role-arn": role,
    });
  for (const { metadata } of Object.values(accounts(settings, undefined)))
    expect(metadata.annotations).toBeUndefined();
});

test("every account pulls with the logins of registries", () => {
  const mirrored = platformsSettings({
    registries: [{ host: "registry.example.com", secret: "mirror" }],
  });
  const all = [
    ...Object.values(accounts(mirrored, undefined)),
    defaultAccount(mirrored),
  ];
  for (const { imagePullSecret } of all)
    expect(imagePullSecret).toEqual([{ name: "registry-logins" }]);
  expect(defaultAccount(settings).imagePullSecret).toBeUndefined();
});

test("T-03: the Role has exactly the three rules of the guide", () => {
  const verbs = ["get", "list", "watch", "create", "delete"];
  const { metadata, rule } = launcherRole(settings);
  expect(metadata.name).toBe("tower-launcher-role");
  expect(rule).toEqual([
    {
      apiGroups: [""],
      resources: [
        "pods",
        "pods/status",
        "pods/log",
        "pods/exec",
        "persistentvolumeclaims",
        "configmaps",
      ],
      verbs,
    },
    { apiGroups: ["apps"], resources: ["deployments"], verbs },
    {
      apiGroups: ["batch"],
      resources: ["jobs", "jobs/status", "jobs/log"],
      verbs,
    },
  ]);
});

test("T-02b, T-04: the Role is bound to the head account alone, and nothing to the account of tasks", () => {
  const { head, user } = launcherBindings(settings);
  expect(head.metadata.name).toBe("tower-launcher-rolebind");
  expect(head.roleRef).toMatchObject({
    kind: "Role",
    name: "tower-launcher-role",
  });
  expect(head.subject).toEqual([
    {
      kind: "ServiceAccount",
      name: "tower-launcher-sa",
      namespace: "tower-nf",
    },
  ]);
  expect(JSON.stringify([head, user])).not.toContain("tower-job-sa");
});

const group = {
  kind: "Group",
  name: "tower-launcher",
  apiGroup: "rbac.authorization.k8s.io",
};
const userOf = (name: string) => ({ ...group, kind: "User", name });

test.each<[string, SettingsChange["computeEnv"], string[]]>([
  ["the group alone", {}, []],
  ["the group alone, with a token only", { launcher: { kind: "none" } }, []],
  [
    "the user of older guides too, for a role",
    { launcher: { externalId: "id", compatUsername: "tower-launcher-user" } },
    ["tower-launcher-user"],
  ],
  [
    "the user of older guides too, for an IAM user",
    {
      launcher: {
        kind: "user",
        arn: "arn:aws:iam::123456789012:user/tower",
        compatUsername: "tower-launcher-user",
      },
    },
    ["tower-launcher-user"],
  ],
  [
    "users of another identity provider",
    { extraUserSubjects: ["tower@project.iam.gserviceaccount.com", "bob"] },
    ["tower@project.iam.gserviceaccount.com", "bob"],
  ],
  [
    "one user once, who is named in both",
    {
      launcher: { externalId: "id", compatUsername: "bob" },
      extraUserSubjects: ["bob"],
    },
    ["bob"],
  ],
])(
  "T-05, T-14: from outside the Role is bound to %s",
  (_whom, change, users) => {
    const { user } = launcherBindings(withComputeEnv(change));
    expect(user.metadata.name).toBe("tower-launcher-userbind");
    expect(user.roleRef).toMatchObject({ name: "tower-launcher-role" });
    expect(user.subject).toEqual([group, ...users.map(userOf)]);
  },
);

test("T-19: the quota bounds requests, pods and Jobs, and refuses Services", () => {
  const some = withComputeEnv({
    quota: { cpu: "8", memory: "32Gi", pods: 40, jobs: 200 },
  });
  expect(quota(some).spec?.hard).toEqual({
    "requests.cpu": "8",
    "requests.memory": "32Gi",
    pods: "40",
    "count/jobs.batch": "200",
    "count/persistentvolumeclaims": "2",
    services: "0",
    "services.loadbalancers": "0",
  });
});

test("T-19: a container without requests gets those of the settings, and no limit", () => {
  const some = withComputeEnv({ defaults: { cpu: "500m", memory: "1Gi" } });
  expect(limits(some).spec?.limit).toEqual([
    {
      type: "Container",
      defaultRequest: { cpu: "500m", memory: "1Gi" },
    },
  ]);
});
