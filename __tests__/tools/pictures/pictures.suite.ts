import { XMLValidator } from "fast-xml-parser";
import { type StackJson, graphOf } from "../../../tools/audit/graph";
import { exampleOf, synthesize } from "../../../tools/audit/synthesized";
import { type LabRecord } from "../../../tools/lab/report";
import { networkPicture } from "../../../tools/pictures/network";
import { networkFacts } from "../../../tools/pictures/network-facts";
import { pictureFiles } from "../../../tools/pictures/pictures";
import { stackFacts, stacksPicture } from "../../../tools/pictures/stacks";
import { picture, text } from "../../../tools/pictures/svg";

const ORDER = ["network", "data", "identity", "workloads"];

const stacks = synthesize(exampleOf("example-current.yaml"));
const facts = networkFacts(graphOf(stacks));

const record: LabRecord = {
  date: "2026-11-28",
  passed: 7,
  skipped: 1,
  seconds: 60,
  notices: [],
  stacks: [
    { line: "lite", stack: "data", resources: 12, seconds: 3, changes: 2 },
  ],
};

test("every picture is sound XML, and none is forgotten", () => {
  const files = pictureFiles(record);
  expect(Object.keys(files)).toHaveLength(3);
  for (const svg of Object.values(files))
    expect(XMLValidator.validate(svg)).toBe(true);
  expect(Object.keys(pictureFiles(undefined))).toHaveLength(2);
});

test("a text is escaped", () => {
  const svg = picture(9, 9, "a < b", [text(1, 1, "<&>")]);
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(svg).toContain("&lt;&amp;&gt;");
});

test("the network as the JSON has it", () => {
  expect(facts).toMatchObject({
    region: "eu-central-1",
    cidr: "10.40.0.0/16",
    cluster: "EKS 1.36",
    endpoints: ["s3"],
    balancer: { name: "wave-prod-wave-alb", port: "9090" },
  });
  expect(facts.zones).toHaveLength(3);
  expect(facts.zones[0]).toEqual({
    zone: "eu-central-1a",
    public: { cidr: "10.40.192.0/22", nat: true },
    private: { cidr: "10.40.0.0/19", nat: false },
  });
  expect(
    facts.stores.map(({ name, port, fromCluster, fromApart }) => [
      name,
      port,
      fromCluster,
      fromApart,
    ]),
  ).toEqual([
    ["Redis", 6379, true, false],
    ["PostgreSQL", 5432, true, false],
    ["EFS", 2049, true, true],
  ]);
});

test("a path that the security groups close is not drawn", () => {
  const { data } = stacks;
  const rules = Object.entries(
    data?.resource?.aws_vpc_security_group_ingress_rule ?? {},
  ).filter(([name]) => !name.includes("build"));
  const closed = {
    ...stacks,
    data: {
      ...data,
      resource: {
        ...data?.resource,
        aws_vpc_security_group_ingress_rule: Object.fromEntries(rules),
      },
    } as StackJson,
  };
  const arrows = (svg: string): number => svg.split("marker-end").length;
  const after = networkFacts(graphOf(closed));
  expect(after.stores.map(({ fromApart }) => fromApart)).not.toContain(true);
  expect(arrows(networkPicture(after))).toBe(arrows(networkPicture(facts)) - 1);
});

test("an environment without Wave, and one NAT gateway", () => {
  const other = networkFacts(
    graphOf(synthesize(exampleOf("example-platforms.yaml"))),
  );
  expect(other.balancer).toBeUndefined();
  expect(other.zones.filter((zone) => zone.public?.nat === true)).toHaveLength(
    1,
  );
  expect(XMLValidator.validate(networkPicture(other))).toBe(true);
});

test("stacks: what each deploys, and every output that another one reads", () => {
  const found = stackFacts(stacks, ORDER);
  expect(found.map(({ stack }) => stack)).toEqual(ORDER);
  expect(found[0]?.contents).toContain("3 NAT gateways");
  expect(Object.keys(found[1]?.reads ?? {})).toEqual(["network"]);
  expect(found[1]?.reads.network).toEqual(
    expect.arrayContaining(["private_subnet_ids", "vpc_id"]),
  );
  const svg = stacksPicture(found);
  for (const { reads } of found)
    for (const output of Object.values(reads).flat())
      expect(svg).toContain(`>${output}<`);
});

test("the lab's table has the cells of the record", () => {
  const svg = pictureFiles(record)["docs/pictures/lab.svg"];
  for (const cell of ["lite", "data", "12", "2", "-"])
    expect(svg).toContain(`>${cell}<`);
  expect(svg).toContain("7 passed, 0 failed, 1 skipped in 60 s");
});
