import { platformsSettings } from "../../../support/settings";
import { allowedBy } from "../../../../tools/lab/checks/access";
import {
  type BuildConfig,
  buildkitJob,
  kanikoPod,
  secondsOf,
} from "../../../../tools/lab/checks/build-objects";
import { orderProblems } from "../../../../tools/lab/checks/destroy-order";
import { wantedNodes } from "../../../../tools/lab/checks/nodes";
import {
  type Permission,
  reviewOf,
  permissions,
} from "../../../../tools/lab/checks/permissions";
import { type AuditEntry } from "../../../../tools/lab/kube/audit";
import { type LogEntry } from "../../../../tools/lab/aws/request-log";
import { exampleSettings } from "../../../support/settings";

const settings = exampleSettings();

describe("the permissions that are asked", () => {
  test("no account may do anything outside the build namespace", () => {
    const outside = permissions.filter(
      ({ namespace }) => namespace !== "build",
    );
    expect(outside).toHaveLength(3);
    for (const { classic, current } of outside)
      expect([classic, current]).toEqual([false, false]);
  });

  test("a permission becomes a SubjectAccessReview of the account", () => {
    const permission = (change: Partial<Permission>): Permission => ({
      subject: "server",
      verb: "get",
      resource: "pods/log",
      namespace: "build",
      classic: true,
      current: true,
      ...change,
    });
    expect(reviewOf(permission({}), settings)).toMatchObject({
      spec: {
        user: "system:serviceaccount:wave:wave-sa",
        resourceAttributes: {
          verb: "get",
          group: "",
          resource: "pods",
          subresource: "log",
          namespace: "wave-build",
        },
      },
    });
    const jobs = permission({ resource: "jobs.batch", subject: "build" });
    expect(reviewOf(jobs, settings)).toMatchObject({
      spec: {
        user: "system:serviceaccount:wave-build:wave-build-sa",
        groups: expect.arrayContaining([
          "system:serviceaccounts:wave-build",
        ]) as unknown,
        resourceAttributes: { group: "batch", resource: "jobs" },
      },
    });
  });
});

test("INF-17: each node group of the example is nodes with its label", () => {
  expect(wantedNodes(settings)).toEqual(["wave-system 3"]);
  const { nodeGroups } = settings.cluster;
  const build = { ...nodeGroups.system, minSize: 1, desiredSize: 2 };
  const cluster = { ...settings.cluster, nodeGroups: { ...nodeGroups, build } };
  expect(wantedNodes({ cluster })).toEqual(["wave-system 3", "wave-build 1"]);
  const fixed = { ...cluster, autoscaler: undefined };
  expect(wantedNodes({ cluster: fixed })).toEqual([
    "wave-system 3",
    "wave-build 2",
  ]);
});

test("nodes of pipelines are wanted where they do not come by themselves", () => {
  expect(wantedNodes(platformsSettings())).toEqual(["wave-system 2"]);
  const fixed = platformsSettings({
    cluster: { autoscaler: undefined },
    computeEnv: { nodes: { minSize: 1, desiredSize: 2 } },
  });
  expect(wantedNodes(fixed)).toEqual(["wave-system 2", "compute 2"]);
});

test("each access policy allows more than the one below", () => {
  expect(allowedBy({ policy: "view", namespaces: [] })).toEqual(["list pods"]);
  expect(allowedBy({ policy: "edit", namespaces: [] })).toContain(
    "get secrets",
  );
  expect(allowedBy({ policy: "admin", namespaces: [] })).toHaveLength(4);
  expect(allowedBy({ policy: "cluster-admin", namespaces: [] })).toHaveLength(
    5,
  );
  expect(allowedBy({ policy: "none", namespaces: [] })).toEqual([]);
  expect(allowedBy({ policy: "admin", namespaces: ["api-*"] })).toEqual([]);
});

describe("K8S-06: what Wave starts for a build", () => {
  const config: BuildConfig = {
    timeout: "1h15m",
    workspace: "/efs/wave/build",
    k8s: {
      namespace: "wave-build",
      serviceAccount: "wave-build-sa",
      nodeSelector: { "linux/amd64": "service=wave-build" },
      resources: {
        requests: { memory: "3600Mi" },
        limits: { memory: "3600Mi" },
      },
      storage: { mountPath: "/efs/wave", claimName: "wave-build-fs" },
    },
  };

  test("1.3.3: a bare pod, root, with requests only", () => {
    expect(kanikoPod(config)).toMatchObject({
      kind: "Pod",
      spec: {
        nodeSelector: { service: "wave-build" },
        serviceAccount: "wave-build-sa",
        activeDeadlineSeconds: 4500,
        restartPolicy: "Never",
      },
    });
    const { spec } = kanikoPod(config) as {
      spec: { containers: Record<string, unknown>[] };
    };
    expect(spec.containers[0]?.resources).toEqual({
      requests: { memory: "3600Mi" },
    });
    expect(spec.containers[0]).not.toHaveProperty("securityContext");
    expect(spec.containers[0]?.volumeMounts).toContainEqual({
      name: "build-data",
      readOnly: true,
      mountPath: "/efs/wave/build/0123456789abcdef_1",
      subPath: "build/0123456789abcdef_1",
    });
  });

  test("1.37.0: a Job with AppArmor off, with limits", () => {
    expect(buildkitJob(config)).toMatchObject({
      kind: "Job",
      spec: {
        template: {
          spec: {
            containers: [
              {
                resources: { limits: { memory: "3600Mi" } },
                securityContext: {
                  privileged: false,
                  appArmorProfile: { type: "Unconfined" },
                },
              },
            ],
          },
        },
      },
    });
  });

  test.each([
    ["15m", 900],
    ["1h30m", 5400],
    ["90s", 90],
  ])("%s is %d seconds", (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });
});

describe("the order of a destroy", () => {
  const deployer = settings.access.deployer;
  const entryDeleted = (time: string, cluster = "wave"): LogEntry => ({
    operation: "DeleteAccessEntry",
    time: `2026-01-01T00:00:${time}.000Z`,
    service: "eks",
    method: "DELETE",
    status: 200,
    by: "lab",
    request: `/clusters/${cluster}/access-entries/${encodeURIComponent(deployer)}`,
  });
  const change = (time: string): AuditEntry => ({
    verb: "delete",
    requestReceivedTimestamp: `2026-01-01T00:00:${time}.000000Z`,
    user: {
      username: "arn:aws:sts::123456789012:assumed-role/wave-deployer/lab",
    },
    objectRef: {
      resource: "deployments",
      name: "aws-load-balancer-controller",
    },
  });
  const refused: AuditEntry = { ...change("09"), user: {}, verb: "create" };
  const problems = (balancer: string, controller: string, entry: string) =>
    orderProblems({
      isBalanced: true,
      balancer: Date.parse(`2026-01-01T00:00:${balancer}.000Z`),
      requests: [entryDeleted(entry), entryDeleted("00", "another")],
      audit: [change(controller), refused],
      cluster: "wave",
      deployer,
    });

  test("load balancer, controller, access entry is right", () => {
    expect(problems("01", "02", "03")).toEqual([]);
  });

  test.each([
    ["02", "01", "03", "the controller went before its load balancer"],
    [
      "01",
      "03",
      "02",
      "the access entry went before the deployer's last change",
    ],
    ["02", "03", "01", "the access entry went before the load balancer"],
  ])("%s, %s, %s: %s", (balancer, controller, entry, problem) => {
    expect(problems(balancer, controller, entry)).toContain(problem);
  });

  test("what was never deleted is said too", () => {
    const nothing = { balancer: undefined, requests: [], audit: [] };
    expect(
      orderProblems({
        ...nothing,
        isBalanced: true,
        cluster: "wave",
        deployer,
      }),
    ).toEqual(["no load balancer was deleted", "no access entry was deleted"]);
  });

  test("without Wave there is no load balancer to wait for", () => {
    const nothing = { balancer: undefined, requests: [], audit: [] };
    const none = { ...nothing, isBalanced: false, cluster: "wave", deployer };
    expect(orderProblems(none)).toEqual(["no access entry was deleted"]);
  });
});
