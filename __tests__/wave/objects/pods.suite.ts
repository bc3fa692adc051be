import { type WaveObjects } from "../../../modules/wave/objects/objects";
import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
  readonly securityContext?: unknown;
}

interface PodSpec {
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly initContainer?: readonly Container[];
  readonly container: readonly Container[];
  readonly volume?: readonly object[];
  readonly [field: string]: unknown;
}

/** Pods that our objects make, by the object that makes them. */
const podsOf = ({ deployments, cronJobs }: WaveObjects): [string, PodSpec][] =>
  [
    ...Object.entries(deployments).map(([name, { spec }]) => [
      `Deployment ${name}`,
      spec.template.spec,
    ]),
    ...Object.entries(cronJobs).map(([name, { spec }]) => [
      `CronJob ${name}`,
      spec.jobTemplate.spec.template.spec,
    ]),
  ] as unknown as [string, PodSpec][];

const pods = Object.entries({
  classic: waveObjects(),
  current: currentObjects(),
  lite: liteObjects(),
}).flatMap(([line, objects]) =>
  podsOf(objects).map(([object, spec]) => ({
    what: `${line}: ${object}`,
    spec,
    containers: [...(spec.initContainer ?? []), ...spec.container],
  })),
);

/** User and group of each image. */
const USERS: Readonly<Record<string, string>> = {
  "Deployment wave": "101",
  "Deployment surrealv1": "65532",
  "CronJob surreal-export": "65532",
  "CronJob wave-build-sweep": "65532",
};

test("these are all the pods that the objects make", () => {
  expect(pods.map(({ what }) => what)).toEqual([
    "classic: Deployment wave",
    "classic: Deployment surrealv1",
    "classic: CronJob surreal-export",
    "classic: CronJob wave-build-sweep",
    "current: Deployment wave",
    "lite: Deployment wave",
  ]);
});

describe.each(pods)("$what", ({ what, spec, containers }) => {
  const user = USERS[what.replace(/^\w+: /, "")];

  test("runs as the user of its image, without root's group", () => {
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  test("shares no namespace and no folder with its node", () => {
    for (const field of ["hostNetwork", "hostPid", "hostIpc"])
      expect(spec[field] ?? false).toBe(false);
    expect(JSON.stringify(spec.volume ?? [])).not.toContain("hostPath");
  });

  test("runs beside the system, not beside users' builds", () => {
    expect(spec.nodeSelector).toMatchObject({ service: "wave-system" });
  });

  test("every container can gain no right and write only to volumes", () => {
    for (const { securityContext } of containers)
      expect(securityContext).toEqual({
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
  });

  test("every container asks for CPU and memory, and cannot take its node's", () => {
    for (const { resources } of containers) {
      expect(Object.keys(resources?.requests ?? {})).toEqual(["cpu", "memory"]);
      expect(resources?.limits).toHaveProperty("memory");
    }
  });

  test("every image has a version", () => {
    for (const { image } of containers)
      expect(image).toMatch(/(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$/);
  });

  test("no container has a secret as a plain value", () => {
    const plain = containers
      .flatMap(({ env = [] }) => env)
      .filter(({ value }) => value !== undefined)
      .map(({ name }) => name);
    expect(
      plain.filter((name) => /PASS|SECRET|TOKEN|ACCESS_KEY|_PAT$/.test(name)),
    ).toEqual([]);
  });
});
