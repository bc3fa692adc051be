import {
  type Step,
  inConfig,
  inPod,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const role = ["objects", "roles", "wave-role"];
const binding = ["objects", "roleBindings", "wave-rolebind"];
const account = (name: string, ...steps: Step[]) => [
  ...["objects", "serviceAccounts", name],
  ...steps,
];

describe("VR-42: rights in the cluster", () => {
  test.each<[string, Step[], unknown, string]>([
    [
      "one verb more",
      ["rule", 0, "verbs"],
      ["create", "get", "delete", "list"],
      "pods/log: get; pods: create delete get list",
    ],
    [
      "one verb less",
      ["rule", 0, "verbs"],
      ["create", "get"],
      "pods/log: get; pods: create get",
    ],
    ["no log", ["rule", 1], undefined, "pods: create delete get"],
    [
      "Jobs, which only the current line makes",
      ["rule", 1],
      { apiGroups: ["batch"], resources: ["jobs"], verbs: ["create"] },
      "batch/jobs: create; pods: create delete get",
    ],
  ])("the Role equals K8S-04: %s", (_, steps, value, given) => {
    expect(onlyProblemWhen([...role, ...steps], value)).toEqual({
      path: "Role wave-role: rules",
      given,
      allowed: "pods/log: get; pods: create delete get",
      fix: "give Wave what it calls and nothing else (VR-42, K8S-04)",
    });
  });

  test("the Role stands in the build namespace", () => {
    expect(
      onlyProblemWhen([...role, "metadata", "namespace"], "wave"),
    ).toMatchObject({ path: "Role wave-role: namespace", given: "wave" });
  });

  test("the seed's ClusterRole is refused (D-04)", () => {
    expect(
      problemsWhen([...binding, "roleRef", "kind"], "ClusterRole"),
    ).toEqual([
      {
        path: "RoleBinding wave-rolebind",
        given: "ClusterRole wave-role",
        allowed: "a Role of the same namespace",
        fix: "bind a Role: a ClusterRole has rights that nobody sees here (VR-42)",
      },
      {
        path: "RoleBinding wave-rolebind",
        given:
          "ClusterRole wave-role in wave-build for ServiceAccount wave/wave-sa",
        allowed: "Role wave-role in wave-build for ServiceAccount wave/wave-sa",
        fix: expect.stringContaining("(VR-42, K8S-05)") as string,
      },
    ]);
  });

  test("build pods get no right", () => {
    expect(
      onlyProblemWhen([...binding, "subject", 1], {
        kind: "ServiceAccount",
        name: "wave-build-sa",
        namespace: "wave-build",
      }).given,
    ).toContain("ServiceAccount wave-build/wave-build-sa");
  });

  test.each(["secrets", "pods/exec", "pods/attach", "*"])(
    "no Role of ours holds %s",
    (resource) => {
      expect(
        onlyProblemWhen(
          ["objects", "roles", "wave-build-sweep", "rule", 0, "resources"],
          ["pods", resource],
        ),
      ).toMatchObject({
        path: "Role wave-build-sweep: rules",
        given: resource,
        fix: "remove it from the Role (VR-42)",
      });
    },
  );
});

describe("VR-44: accounts", () => {
  test.each(["wave-sa", "wave-build-sa", "surrealdb", "surreal-export"])(
    "%s mounts no token by itself",
    (name) => {
      const problem = {
        path: `ServiceAccount ${name}: automountServiceAccountToken`,
        given: "nothing",
        allowed: "false",
        fix: "turn it off: a pod that needs the token asks for it (VR-44)",
      };
      const automount = account(name, "automountServiceAccountToken");
      expect(onlyProblemWhen(automount, undefined)).toEqual(problem);
      expect(onlyProblemWhen(automount, true)).toEqual({
        ...problem,
        given: "true",
      });
    },
  );

  test("only pods that call the Kubernetes API have a token", () => {
    const automount = "automountServiceAccountToken";
    expect(onlyProblemWhen(inPod("surrealv1", automount), true)).toMatchObject({
      path: "Deployment surrealv1: automountServiceAccountToken",
      fix: "turn it off: this pod does not call the Kubernetes API (VR-44)",
    });
    expect(onlyProblemWhen(inPod("wave", automount), false)).toMatchObject({
      path: "Deployment wave: automountServiceAccountToken",
      fix: "turn it on: this pod calls the Kubernetes API (VR-44)",
    });
  });

  test.each([
    ["wave-sa", "wave"],
    ["wave-build-sa", "wave-build"],
  ])("K8S-09, K8S-11: %s has a role and its namespace", (name, namespace) => {
    const metadata = account(name, "metadata");
    expect(
      onlyProblemWhen([...metadata, "annotations"], undefined),
    ).toMatchObject({
      path: `ServiceAccount ${name}`,
      given: `namespace ${namespace}, role nothing`,
    });
    expect(
      onlyProblemWhen([...metadata, "namespace"], "default").given,
    ).toContain("namespace default");
  });

  test("D-05: no two accounts share a role", () => {
    expect(
      onlyProblemWhen(
        account(
          "wave-build-sa",
          ...["metadata", "annotations", "eks.amazonaws.com/role-arn"],
        ),
        "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-server",
      ),
    ).toMatchObject({
      given: "one role for several accounts",
      allowed: "a role of its own for each account",
    });
  });
});

describe("VR-46: namespaces", () => {
  const label = (namespace: string, mode: string) => [
    ...["objects", "namespaces", namespace, "metadata", "labels"],
    `pod-security.kubernetes.io/${mode}`,
  ];

  test.each([
    ["wave", "enforce", "restricted"],
    ["wave", "audit", "restricted"],
    ["wave", "warn", "restricted"],
    ["wave-build", "enforce", "baseline"],
    ["wave-build", "audit", "baseline"],
    ["wave-build", "warn", "baseline"],
  ])("K8S-01, K8S-06: %s: %s is %s", (namespace, mode, level) => {
    expect(onlyProblemWhen(label(namespace, mode), "privileged")).toEqual({
      path: `Namespace ${namespace}: label pod-security.kubernetes.io/${mode}`,
      given: "privileged",
      allowed: level,
      fix: "label the namespace (VR-46, K8S-01, K8S-06)",
    });
    expect(onlyProblemWhen(label(namespace, mode), undefined).given).toBe(
      "nothing",
    );
  });

  test("Singularity builds need privileged, and nothing else gets it", () => {
    const settings = { wave: { build: { singularity: true } } };
    expect(
      onlyProblemWhen(label("wave-build", "enforce"), "baseline", settings)
        .allowed,
    ).toBe("privileged");
  });

  test.each(["default", "kube-wave"])("not %s", (namespace) => {
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { namespace },
      })[0],
    ).toEqual({
      path: "wave.namespace, wave.buildNamespace",
      given: `${namespace}, wave-build`,
      allowed: "two different namespaces, not default and not kube-…",
      fix: "choose other names (VR-46)",
    });
  });

  test("not one for both", () => {
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { namespace: "wave-build" },
      }).map(({ path }) => path),
    ).toContain("wave.namespace, wave.buildNamespace");
  });
});
