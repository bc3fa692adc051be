import { waveInputs } from "../../support/wave-inputs";
import { exampleSettings } from "../../support/settings";
import {
  named,
  serverContainer,
  serverVariable,
  waveObjects,
} from "../../support/wave";

const { spec, metadata, lifecycle } = named(waveObjects().deployments, "wave");
const pod = spec.template.spec;
const container = serverContainer();

test("K8S-14, DEP-02, DEP-03, DEP-16: wave runs as wave-sa, pulls with seqera-reg-creds, restarts always", () => {
  expect(metadata).toMatchObject({ name: "wave", namespace: "wave" });
  expect(spec.selector).toEqual({ matchLabels: { app: "wave-app" } });
  expect(spec.template.metadata.labels).toMatchObject({ app: "wave-app" });
  expect(pod).toMatchObject({
    imagePullSecrets: [{ name: "seqera-reg-creds" }],
    serviceAccountName: "wave-sa",
    restartPolicy: "Always",
  });
});

test("DEP-01: the image is <repository>:v<version>, or the tag or digest of the settings", () => {
  const repository = "cr.seqera.io/private/nf-tower-enterprise/wave";
  const digest = `sha256:${"a".repeat(64)}`;
  expect(container.image).toBe(`${repository}:v1.3.3`);
  expect(
    serverContainer({ wave: { image: { tag: "v1.3.3-fix" } } }).image,
  ).toBe(`${repository}:v1.3.3-fix`);
  expect(serverContainer({ wave: { image: { digest } } }).image).toBe(
    `${repository}@${digest}`,
  );
  expect(
    serverContainer({
      wave: { image: { repository: "mirror.example.com/wave" } },
    }).image,
  ).toBe("mirror.example.com/wave:v1.3.3");
  expect(container.imagePullPolicy).toBe("Always");
});

test("DEP-04: amd64 nodes of the system group", () => {
  expect(pod.nodeSelector).toEqual({
    "kubernetes.io/arch": "amd64",
    service: "wave-system",
  });
});

test("DEP-05: container port 9090", () => {
  expect(container.port).toEqual([
    { name: "http", containerPort: 9090, protocol: "TCP" },
  ]);
});

test("DEP-09: memory request equals limit, one CPU requested, no CPU limit", () => {
  expect(container.resources).toEqual({
    requests: { cpu: "1000m", memory: "4000Mi" },
    limits: { memory: "4000Mi" },
  });
});

test("DEP-10, DEP-11, DEP-12, DEP-20: working directory and mounts", () => {
  expect(container.workingDir).toBe("/work");
  expect(container.volumeMount).toEqual([
    { name: "vol-build", mountPath: "/efs/wave" },
    { name: "wave-cfg", mountPath: "/etc/wave", readOnly: true },
    { name: "work", mountPath: "/work" },
    { name: "tmp", mountPath: "/tmp" },
    { name: "dumps", mountPath: "/dumps" },
  ]);
  expect(pod.volume).toEqual([
    { name: "vol-build", persistentVolumeClaim: { claimName: "wave-app-fs" } },
    { name: "wave-cfg", configMap: { name: "wave-cfg" } },
    { name: "work", emptyDir: { sizeLimit: "1Gi" } },
    { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
    { name: "dumps", emptyDir: { sizeLimit: "4000Mi" } },
  ]);
});

test("DEP-12: the configuration is a directory, never a subPath, and the variable names the file", () => {
  expect(JSON.stringify(pod)).not.toContain("subPath");
  expect(serverVariable("WAVE_CONFIG_FILE")).toBe("/etc/wave/config.yml");
});

test("DEP-11, CFG-11: the mount follows wave.build.mountPath", () => {
  const change = {
    wave: { build: { mountPath: "/shared", workspace: "/shared/build" } },
  };
  expect(serverContainer(change).volumeMount).toContainEqual({
    name: "vol-build",
    mountPath: "/shared",
  });
  expect(waveObjects(change).configFile).toMatchObject({
    wave: {
      build: {
        workspace: "/shared/build",
        k8s: { storage: { mountPath: "/shared" } },
      },
    },
  });
});

test("DEP-13, DEP-14: probes ask /health on 9090", () => {
  const httpGet = { path: "/health", port: "9090" };
  expect(container.readinessProbe).toEqual({
    httpGet,
    initialDelaySeconds: 5,
    timeoutSeconds: 3,
  });
  expect(container.livenessProbe).toEqual({
    httpGet,
    initialDelaySeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 10,
  });
  expect(container.startupProbe).toEqual({
    httpGet,
    periodSeconds: 5,
    timeoutSeconds: 3,
    failureThreshold: 36,
  });
});

test("DEP-15: replicas start at the autoscaler's least and then belong to it; no pod goes before its successor is ready", () => {
  expect(spec.replicas).toBe("3");
  expect(lifecycle).toMatchObject({ ignoreChanges: ["spec[0].replicas"] });
  const fixed = waveObjects({ wave: { autoscaling: undefined, replicas: 2 } });
  expect(named(fixed.deployments, "wave").spec.replicas).toBe("2");
  expect(named(fixed.deployments, "wave").lifecycle).toBeUndefined();
  expect(spec.strategy).toEqual({
    type: "RollingUpdate",
    rollingUpdate: { maxUnavailable: "0", maxSurge: "1" },
  });
});

test("a Deployment scaled to zero, which no autoscaler starts, stops the plan and says how to start it", () => {
  expect(lifecycle?.postcondition).toEqual([
    {
      condition: '${self.spec[0].replicas != "0"}',
      errorMessage: expect.stringContaining(
        "kubectl scale deployment wave -n wave --replicas=3",
      ) as string,
    },
  ]);
});

test("DEP-15: uid and gid 101, read-only root, nothing to escalate; the only pod with a token", () => {
  expect(pod.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: "101",
    runAsGroup: "101",
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(container.securityContext).toEqual({
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(pod.automountServiceAccountToken).toBe(true);
});

test("DEP-15, EXC-11: both hardening switches relax exactly their field", () => {
  const asRoot = { wave: { hardening: { runAsNonRoot: false } } };
  const relaxed = named(waveObjects(asRoot).deployments, "wave").spec.template;
  expect(relaxed.spec.securityContext).toEqual({
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(serverContainer(asRoot).securityContext).toEqual({
    runAsNonRoot: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  const writable = { wave: { hardening: { readOnlyRootFilesystem: false } } };
  expect(serverContainer(writable).securityContext).toEqual({
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: false,
    capabilities: { drop: ["ALL"] },
  });
});

test("DEP-19: pods restart when the configuration or a secret's version changes, and hold no value of either", () => {
  const settings = exampleSettings();
  const { configChecksum, secretsChecksum } = waveInputs(settings);
  expect(spec.template.metadata.annotations).toEqual({
    "checksum/config": configChecksum,
    "checksum/secrets": secretsChecksum,
    "mount-options": "iam",
  });
});

test("K8S-21: pods prefer different zones and nodes", () => {
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: [{ matchLabels: { app: "wave-app" } }],
  });
  expect(pod.topologySpreadConstraint).toEqual([
    spread("topology.kubernetes.io/zone"),
    spread("kubernetes.io/hostname"),
  ]);
});

test("DEP-21: a pod waits 15 s before it stops, has 60 s in all, and gets no variables of other services", () => {
  expect(container.lifecycle).toEqual({
    preStop: [{ exec: { command: ["/bin/sh", "-c", "sleep 15"] } }],
  });
  expect(pod).toMatchObject({
    terminationGracePeriodSeconds: 60,
    enableServiceLinks: false,
  });
});
