import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { checkSettings, warningsOf } from "../../modules/rules";
import { PROFILES } from "../../modules/wave/settings/profile-schema";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";

const page = readFileSync(projectFile("docs/sizing.md"), "utf8");

/** Cells of a row of the table, by the name in its first one. */
function row(name: string): readonly string[] {
  const line = page.split("\n").find((text) => text.startsWith(`| ${name}`));
  if (line === undefined) throw new Error(`docs/sizing.md has no row ${name}`);
  return line
    .split("|")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

/** `3 × m5a.xlarge` as a node group of that size. */
function groupOf(cell: string) {
  const [, count = "", type = ""] = /^(\d+) × (\S+)$/.exec(cell) ?? [];
  const size = Number(count);
  return {
    instanceTypes: [type],
    minSize: size,
    desiredSize: size,
    maxSize: size,
  };
}

test("the settings that it shows are accepted", () => {
  const [, yaml = ""] = /```yaml\n([^]*?)```/.exec(page) ?? [];
  const shown = parse(yaml) as SettingsChange;
  expect(shown.wave?.profile).toBe(300);
  const sized = currentSettings(shown);
  expect(checkSettings(sized)).toEqual([]);
  expect(warningsOf(sized)).toEqual(warningsOf(currentSettings()));
});

describe.each(PROFILES.map((profile, column) => ({ profile, column })))(
  "profile $profile",
  ({ profile, column }) => {
    const cell = (name: string) => row(name)[column] ?? "";
    const change: SettingsChange = {
      wave: { profile, autoscaling: undefined, rateLimit: undefined },
    };

    test("the table says what it gives", () => {
      const { wave, data } = currentSettings(change);
      const { redis, postgres } = data;
      const pods =
        wave.autoscaling === undefined
          ? `${wave.replicas}`
          : `${wave.autoscaling.minReplicas} to ${wave.autoscaling.maxReplicas}`;
      expect(cell("**Pods**")).toBe(`${pods} × ${wave.cpuRequest}`);
      expect(cell("**Memory**")).toBe(wave.memory);
      expect(cell("**Redis**")).toBe(
        `${redis.nodeType}${redis.replicas === 1 ? ", one replica" : ""}`,
      );
      expect(cell("**PostgreSQL**")).toBe(
        [
          postgres.instanceClass,
          postgres.multiAz ? "standby" : "no standby",
          ...(postgres.storageGiB > 20 ? [`${postgres.storageGiB} GiB`] : []),
        ].join(", "),
      );
      expect(cell("**Jobs**")).toBe(`${wave.build.maxRunningJobs}`);
      expect(cell("**Log level**")).toContain(wave.logLevel);
      expect(wave.rateLimit).toMatchObject({
        httpRequest: Number(cell("**Limits**")),
      });
      expect(wave.rateLimit).toMatchObject(
        Object.fromEntries(
          cell("pulls · builds of a user")
            .split(" · ")
            .map((rate, i) => [
              ["pullAuthenticated", "buildAuthenticated"][i],
              rate,
            ]),
        ),
      );
      expect(cell("on the classic line")).toBe(
        `${exampleSettings(change).wave.replicas}${column > 1 ? ", fixed" : ""}`,
      );
    });

    test("its pods and jobs have room on the nodes of the table, at their most and while they roll out", () => {
      const nodeGroups = {
        system: groupOf(cell("System nodes")),
        build: groupOf(cell("Build nodes")),
      };
      const most = (settings: typeof currentSettings) => {
        const { autoscaling } = settings(change).wave;
        return autoscaling === undefined
          ? {}
          : { autoscaling: { minReplicas: autoscaling.maxReplicas } };
      };
      for (const settings of [currentSettings, exampleSettings, liteSettings]) {
        const { build, ...others } = nodeGroups;
        const sized = settings({
          cluster: {
            nodeGroups:
              settings === liteSettings ? others : { ...others, build },
          },
          wave: { ...change.wave, ...most(settings) },
        });
        expect(checkSettings(sized)).toEqual([]);
        expect(warningsOf(sized).join()).not.toMatch(/system nodes have room/);
      }
    });
  },
);
