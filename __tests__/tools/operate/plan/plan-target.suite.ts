import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planRow } from "../../../../tools/operate/plan/plan-table";
import { planTarget } from "../../../../tools/operate/plan/plan-target";
import { exitOf } from "../../../../tools/operate/plan/report";
import {
  readManifest,
  planFolder,
  writeManifest,
} from "../../../../tools/operate/plan/saved-plans";
import { type Target } from "../../../../tools/operate/target";
import { currentSettings } from "../../../support/settings";

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "wave-plan-target-"));
  stack("network", {});
  stack("data", {
    data: {
      terraform_remote_state: {
        network: {
          lifecycle: {
            postcondition: [
              {
                condition:
                  '${length(setsubtract(["vpc_id"], keys(self.outputs))) == 0}',
              },
            ],
          },
        },
      },
    },
  });
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
});

function stack(id: string, json: object): void {
  const folder = join(outdir, "stacks", id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json));
}

/** An environment whose plans are these, by stack; none fails. */
function target(plans: Readonly<Record<string, object>>): Target {
  for (const [id, plan] of Object.entries(plans))
    writeFileSync(join(outdir, `${id}.json`), JSON.stringify(plan));
  const program = join(outdir, "terraform");
  writeFileSync(
    program,
    `#!/bin/sh\nid=$(basename "$PWD")\ncase $1 in\nplan) [ -f ${outdir}/$id.json ] && exit 2;;\nshow) cat ${outdir}/$id.json;;\noutput) echo '{}';;\nesac\n`,
  );
  chmodSync(program, 0o755);
  return {
    environment: "prod",
    settings: currentSettings(),
    file: "settings/prod.yaml",
    source: "settings/prod.yaml",
    notices: [],
    outdir,
    stacks: ["network", "data"],
    env: { ...process.env, TERRAFORM_BINARY_NAME: program },
  };
}

const resource = (address: string, actions: string[]) => ({
  address,
  mode: "managed",
  type: address.split(".")[0],
  change: { actions, before: {}, after: {} },
});

const outputs = (value: object) => ({
  prior_state: { values: { outputs: value } },
});

test("a stack waits for one that was never deployed, or does not put out what it reads", async () => {
  const first = await planTarget(target({ network: outputs({}), data: {} }));
  expect(first.map(planRow)[1]?.at(-1)).toBe("waits for network");
  expect(first[1]).toMatchObject({ neverDeployed: true, missing: ["vpc_id"] });
  expect(exitOf(first, false)).toBe(2);
  const other = await planTarget(
    target({ network: outputs({ cluster_name: {} }), data: {} }),
  );
  expect(other[1]).toMatchObject({ neverDeployed: false, missing: ["vpc_id"] });
});

test("one whose producer changes too is planned with what that puts out now", async () => {
  const plans = await planTarget(
    target({
      network: {
        ...outputs({ vpc_id: {} }),
        resource_changes: [resource("aws_vpc.vpc", ["update"])],
        output_changes: { vpc_id: { actions: ["update"] } },
      },
      data: {},
    }),
  );
  expect(plans.map(planRow)).toEqual([
    ["network", "0", "1", "0", "0", "in place"],
    [
      "data",
      "0",
      "0",
      "0",
      "0",
      "outputs only; planned with what network puts out now",
    ],
  ]);
});

test("what loses data ends with 1 without the flag, and with 2 with it", async () => {
  const plans = await planTarget(
    target({
      network: outputs({ vpc_id: {} }),
      data: { resource_changes: [resource("aws_s3_bucket.logs", ["delete"])] },
    }),
  );
  expect(plans.map(planRow)[1]?.at(-1)).toContain(
    "loses data: destroys 1 bucket",
  );
  expect([exitOf(plans, false), exitOf(plans, true)]).toEqual([1, 2]);
});

test("kept plans count for the same settings and JSON, and what waited has to be planned again", async () => {
  const environment = target({ network: outputs({}), data: {} });
  const folder = join(outdir, "plans");
  planFolder(environment, folder);
  await writeManifest(environment, folder, await planTarget(environment), []);
  const { stacks } = await readManifest(environment, folder);
  expect(stacks).toMatchObject({
    network: { then: "apply" },
    data: { then: "again", after: "network" },
  });
  stack("data", { output: {} });
  await expect(readManifest(environment, folder)).rejects.toThrow(
    /stack data\s+given\s+its JSON changed/,
  );
  const settings = currentSettings({ wave: { replicas: 3 } });
  await expect(
    readManifest({ ...environment, settings }, folder),
  ).rejects.toThrow(/settings\s+given\s+changed since/);
  expect(() => {
    planFolder(environment, folder);
  }).toThrow(/a folder with files/);
  expect(readFileSync(join(folder, "manifest.json"), "utf8")).toContain(
    '"prod"',
  );
});
