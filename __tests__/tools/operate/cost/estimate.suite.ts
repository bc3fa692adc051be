import { parse } from "yaml";
import { readFileSync } from "node:fs";
import { projectFile } from "../../../../modules/lib/project-file";
import {
  type Settings,
  settingsSchema,
  withDefaults,
} from "../../../../modules/schema";
import {
  EXAMPLES,
  exampleOf,
  synthesize,
} from "../../../../tools/audit/synthesized";
import {
  type Estimate,
  estimate,
} from "../../../../tools/operate/cost/estimate";
import { readPriceList } from "../../../../tools/operate/cost/price-list";

const list = readPriceList();

const of = (settings: Settings): Estimate =>
  estimate(settings, synthesize(settings), list);

/** The current example with sections of one's own. */
function changed(sections: object): Settings {
  const file = projectFile("settings/example-current.yaml");
  const document = parse(readFileSync(file, "utf8")) as object;
  return settingsSchema.parse(withDefaults({ ...document, ...sections }));
}

const example = changed({});
const stacks = synthesize(example);
const current = estimate(example, stacks, list);

const lineOf = ({ lines }: Estimate, what: RegExp) => {
  const found = lines.filter((line) => what.test(line.what));
  expect(found).toHaveLength(1);
  return found[0];
};

test.each(EXAMPLES)("%s has a price for all that it makes", (file) => {
  const { missing, unknown, lines, month } = of(exampleOf(file));
  expect({ missing, unknown }).toEqual({ missing: [], unknown: [] });
  const sum = lines.reduce((total, line) => total + (line.month ?? 0), 0);
  expect(month).toBeCloseTo(sum, 6);
  for (const { unit, quantity, month, hour } of lines) {
    const hours = unit?.unit === "hour" ? 730 : 1;
    const each = quantity * (unit?.amount ?? NaN) * hours;
    expect(month ?? (hour ?? NaN) * 730).toBeCloseTo(each, 6);
  }
});

test("the production example by hand, in eu-central-1", () => {
  expect(lineOf(current, /^nodes wave-prod-system/)?.month).toBeCloseTo(
    3 * 0.416 * 730,
    6,
  );
  expect(lineOf(current, /^disks of wave-prod-system/)?.quantity).toBe(300);
  expect(lineOf(current, /^NAT gateways/)?.quantity).toBe(3);
  expect(lineOf(current, /^public addresses of wave-prod-wave/)?.quantity).toBe(
    3,
  );
});

test("nodes that the autoscaler adds are no part of the month", () => {
  const build = lineOf(current, /^nodes wave-prod-build/);
  expect(build).toMatchObject({ hour: 0.416, platform: "wave" });
  expect(build?.month).toBeUndefined();
});

describe("settings that cost", () => {
  const settings = changed({
    network: {
      cidr: "10.40.0.0/16",
      zones: ["a", "b", "c"],
      natGateways: "single",
    },
    cluster: {
      version: "1.36",
      endpoint: { public: true, publicCidrs: ["203.0.113.0/24"] },
      nodeGroups: {
        system: { minSize: 3, desiredSize: 4, maxSize: 4 },
        build: { minSize: 1, desiredSize: 2, maxSize: 3 },
      },
    },
    data: {
      postgres: { multiAz: false, storageGiB: 50 },
      redis: { replicas: 2 },
    },
  });
  const other = of(settings);

  test.each([
    ["a node more", /^nodes wave-prod-system/, { quantity: 4 }],
    ["its disk", /^disks of wave-prod-system/, { quantity: 400 }],
    [
      "build nodes without the autoscaler",
      /^nodes wave-prod-build/,
      { quantity: 2, month: 2 * 0.416 * 730 },
    ],
    ["one NAT gateway", /^NAT gateways/, { quantity: 1 }],
    [
      "no standby",
      /^PostgreSQL wave-prod-postgres/,
      { price: "rds.postgres.db.t4g.medium", quantity: 1 },
    ],
    [
      "a larger disk of the database",
      /^storage of PostgreSQL/,
      { price: "rds.gp3", quantity: 50 },
    ],
    ["replicas of Redis", /^Redis/, { quantity: 3 }],
  ])("%s changes its line", (_, what, wanted) => {
    const before = lineOf(current, what);
    const after = lineOf(other, what);
    expect(after).toMatchObject(wanted);
    expect(after?.month).not.toBe(before?.month);
  });
});

test("a price that is missing is named, and no part of the month", () => {
  const { missing, lines, month } = estimate(
    { ...example, region: "eu-west-1" },
    stacks,
    list,
  );
  expect(missing).toContain("ec2.m5a.2xlarge");
  expect(missing).not.toContain("eks.cluster");
  expect(month).toBeLessThan(current.month / 4);
  expect(
    lines.filter(({ unit }) => unit === undefined).map(({ month }) => month),
  ).toContain(undefined);
});

test("a type of resource that nobody has looked at is named", () => {
  const stacks = {
    extra: { resource: { aws_redshift_cluster: { a: { node_type: "ra3" } } } },
  };
  const { unknown } = estimate(example, stacks, list);
  expect(unknown).toEqual(["aws_redshift_cluster"]);
});

test("alarms cost for each metric, and what observes pods is named", () => {
  const stacks = {
    network: {
      resource: {
        aws_eks_addon: {
          a: { addon_name: "amazon-cloudwatch-observability" },
        },
        aws_cloudwatch_metric_alarm: {
          one: { metric_name: "CPUUtilization" },
          ratio: {
            metric_query: [
              { metric: { metric_name: "a" } },
              { metric: { metric_name: "b" } },
              { expression: "a/b" },
            ],
          },
        },
      },
    },
  };
  const { lines, leftOut } = estimate(example, stacks, list);
  expect(lines).toMatchObject([{ price: "cloudwatch.alarm", quantity: 3 }]);
  expect(leftOut).toContain("metrics of nodes and pods, by the observation");
});

test("interface endpoints cost for each zone, gateway endpoints nothing", () => {
  const stacks = {
    network: {
      resource: {
        aws_vpc_endpoint: {
          ecr: { vpc_endpoint_type: "Interface", subnet_ids: ["a", "b"] },
          s3: { vpc_endpoint_type: "Gateway" },
        },
      },
    },
  };
  const { lines } = estimate(example, stacks, list);
  expect(lines).toMatchObject([{ quantity: 2 }]);
});

test("Ingresses of one group share a load balancer", () => {
  const { lines } = of(exampleOf("example-emg.yaml"));
  expect(lines.filter(({ price }) => price === "alb.hour")).toMatchObject([
    { stack: "emg", platform: "emg", quantity: 1 },
  ]);
});
