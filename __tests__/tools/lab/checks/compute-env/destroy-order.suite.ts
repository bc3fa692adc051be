import { type AuditEntry } from "../../../../../tools/lab/kube/audit";
import { type LogEntry } from "../../../../../tools/lab/aws/request-log";
import { computeEnvOrderProblems } from "../../../../../tools/lab/checks/compute-env/destroy-order";
import { labSettings } from "../../../../../tools/lab/settings";
import {
  hasComputeEnv,
  settingsSchema,
  withDefaults,
} from "../../../../../modules/schema";

const settings = settingsSchema.parse(
  withDefaults(labSettings("platforms", { retain: false })),
);
if (!hasComputeEnv(settings)) throw new Error("no compute environment");

const launcher = "arn:aws:iam::123456789012:role/launcher";
const at = (second: number): string => `2026-01-01T00:00:0${second}.000Z`;
const change = (
  second: number,
  verb: string,
  resource: string,
  name: string,
  namespace?: string,
): AuditEntry => ({
  verb,
  requestReceivedTimestamp: at(second),
  user: {},
  objectRef: { resource, name, namespace },
});

/** A destroy in which each step has its second. */
const problems = ({
  entry = 1,
  binding = 1,
  cleanUp = 2,
  claim = 3,
  volume = 4,
  namespace = 5,
} = {}): string[] => {
  const request = `/clusters/c/access-entries/${encodeURIComponent(launcher)}`;
  return computeEnvOrderProblems({
    settings,
    cluster: "c",
    launcher,
    requests: [
      { operation: "DeleteAccessEntry", request, time: at(entry) },
      {
        operation: "DeleteAccessEntry",
        request: "/clusters/other/access-entries/x",
        time: at(9),
      },
    ] as LogEntry[],
    audit: [
      change(
        binding,
        "delete",
        "rolebindings",
        "tower-launcher-rolebind",
        "tower-nf",
      ),
      change(
        1,
        "delete",
        "rolebindings",
        "tower-launcher-userbind",
        "tower-nf",
      ),
      change(cleanUp, "create", "jobs", "tower-cleanup", "tower-nf"),
      change(9, "create", "jobs", "another", "wave"),
      change(
        claim,
        "delete",
        "persistentvolumeclaims",
        "tower-scratch",
        "tower-nf",
      ),
      change(volume, "delete", "persistentvolumes", "tower-storage"),
      change(namespace, "delete", "namespaces", "tower-nf", "tower-nf"),
    ],
  });
};

test("the order of a destroy that is right has no problem", () => {
  expect(problems()).toEqual([]);
});

test.each([
  [
    "the entry goes late",
    { entry: 3 },
    "clean-up before access entry of the launcher",
  ],
  [
    "a binding goes late",
    { binding: 3 },
    "clean-up before rolebindings tower-launcher-rolebind",
  ],
  [
    "the clean-up is late",
    { cleanUp: 4 },
    "persistentvolumeclaims tower-scratch before clean-up",
  ],
  [
    "the claim goes late",
    { claim: 5 },
    "persistentvolumes tower-storage before persistentvolumeclaims tower-scratch",
  ],
  [
    "the namespace goes early",
    { namespace: 3 },
    "namespaces tower-nf before persistentvolumes tower-storage",
  ],
])("%s", (_what, change, problem) => {
  expect(problems(change)).toContain(problem);
});

test("what was never deleted is a problem too", () => {
  expect(
    computeEnvOrderProblems({
      ...{ settings, cluster: "c", launcher: undefined },
      requests: [],
      audit: [],
    }),
  ).toEqual([
    "rolebindings tower-launcher-rolebind: not in the records",
    "rolebindings tower-launcher-userbind: not in the records",
    "clean-up: not in the records",
    "persistentvolumeclaims tower-scratch: not in the records",
    "persistentvolumes tower-storage: not in the records",
    "namespaces tower-nf: not in the records",
  ]);
});
