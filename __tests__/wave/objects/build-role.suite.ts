import { named, waveObjects } from "../../support/wave";

const { roles, roleBindings } = waveObjects();

test("K8S-04: the Role holds exactly the calls of this line, in the build namespace", () => {
  const role = named(roles, "wave-role");
  expect(role.metadata.namespace).toBe("wave-build");
  expect(role.rule).toEqual([
    {
      apiGroups: [""],
      resources: ["pods"],
      verbs: ["create", "get", "delete"],
    },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  ]);
});

test("K8S-05: the binding is a RoleBinding in the build namespace, for wave-sa alone", () => {
  const binding = named(roleBindings, "wave-rolebind");
  expect(binding.metadata.namespace).toBe("wave-build");
  expect(binding.roleRef).toEqual({
    apiGroup: "rbac.authorization.k8s.io",
    kind: "Role",
    name: "wave-role",
  });
  expect(binding.subject).toEqual([
    { kind: "ServiceAccount", name: "wave-sa", namespace: "wave" },
  ]);
});
