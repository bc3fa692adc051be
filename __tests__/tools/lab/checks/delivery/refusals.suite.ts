import { ownRefusals } from "../../../../../tools/lab/checks/delivery/refusals";
import { type AuditEntry } from "../../../../../tools/lab/kube/audit";

const refused = (change: Partial<AuditEntry> = {}): AuditEntry => ({
  verb: "list",
  requestReceivedTimestamp: "2026-01-01T00:00:00.000000Z",
  user: { username: "system:serviceaccount:flux-system:helm-controller" },
  objectRef: { resource: "secrets", namespace: "wave" },
  responseStatus: { code: 403, message: "secrets is forbidden" },
  ...change,
});

test("what a controller was refused in its own name is told once", () => {
  expect(
    ownRefusals([
      refused(),
      refused(),
      refused({ objectRef: { resource: "serviceaccounts" } }),
    ]),
  ).toEqual([
    "helm-controller list secrets in wave",
    "helm-controller list serviceaccounts in all namespaces",
  ]);
});

test.each<[string, Partial<AuditEntry>]>([
  ["what was allowed", { responseStatus: { code: 200 } }],
  [
    "what it asked in another account's place",
    { impersonatedUser: { username: "system:serviceaccount:api:deployer" } },
  ],
  [
    "the account that a release of the checks asks for",
    {
      responseStatus: {
        code: 403,
        message: `serviceaccounts "deployment-runner" is forbidden: cannot impersonate`,
      },
    },
  ],
  ["whether the API is well", { objectRef: undefined }],
  [
    "what others were refused",
    { user: { username: "system:serviceaccount:flux-system:releases" } },
  ],
])("not %s", (_what, change) => {
  expect(ownRefusals([refused(change)])).toEqual([]);
});
