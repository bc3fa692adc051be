import { eksService } from "../../../../../tools/lab/aws/services/eks/eks";
import { Client, errorOf, fakeMoto, world } from "../../support";

const request = {
  name: "given",
  version: "1.35",
  roleArn: "arn:aws:iam::123456789012:role/eks",
  resourcesVpcConfig: { subnetIds: ["subnet-a", "subnet-b"] },
};
const zones =
  "<availabilityZone>a</availabilityZone><availabilityZone>b</availabilityZone>";

let eks: Client;

beforeEach(() => {
  fakeMoto((call) =>
    call.includes("DescribeSubnets")
      ? `${zones}<vpcId>vpc-1</vpcId>`
      : "<groupId>sg-1</groupId>",
  );
  eks = new Client(eksService(world));
});
afterEach(() => jest.restoreAllMocks());

const create = (change: object) =>
  eks.rest("POST /clusters", { ...request, ...change });
const described = async () =>
  ((await eks.rest("GET /clusters/given")) as { cluster: object }).cluster;

test("a cluster of EKS Auto Mode says so, another one says nothing", async () => {
  await create({ computeConfig: { enabled: true } });
  expect(await described()).toMatchObject({ computeConfig: { enabled: true } });
  await eks.rest("DELETE /clusters/given");
  await create({});
  expect(await described()).not.toHaveProperty("computeConfig");
});

test("a cluster of ipv6 has no range of ipv4 for its Services", async () => {
  await create({ kubernetesNetworkConfig: { ipFamily: "ipv6" } });
  expect(await described()).toMatchObject({
    kubernetesNetworkConfig: { ipFamily: "ipv6" },
  });
  expect(JSON.stringify(await described())).not.toContain("serviceIpv4Cidr");
});

test("a cluster without the API's authentication mode has no access entries; the mode comes and does not go", async () => {
  await create({ accessConfig: { authenticationMode: "CONFIG_MAP" } });
  const list = () => eks.rest("GET /clusters/given/access-entries");
  const turn = (authenticationMode: string) =>
    eks.rest("POST /clusters/given/update-config", {
      accessConfig: { authenticationMode },
    });
  expect(await errorOf(list)).toMatch(/API, API_AND_CONFIG_MAP/);
  await turn("API_AND_CONFIG_MAP");
  expect(await list()).toEqual({ accessEntries: [world.deployerRole] });
  expect(await errorOf(() => turn("CONFIG_MAP"))).toMatch(
    /from API_AND_CONFIG_MAP to CONFIG_MAP/,
  );
});

test("a tag of the lab makes a cluster look busy", async () => {
  await create({ tags: { "lab/status": "UPDATING" } });
  expect(await described()).toMatchObject({ status: "UPDATING" });
});

test.each([
  [[], false],
  [["api", "audit"], true],
])("with logs of %j a log group is made: %p", async (types, made) => {
  const calls: string[] = [];
  fakeMoto((call) => {
    calls.push(call);
    return call.includes("DescribeSubnets")
      ? `${zones}<vpcId>vpc-1</vpcId>`
      : "<groupId>sg-1</groupId>";
  });
  await create({ logging: { clusterLogging: [{ enabled: true, types }] } });
  expect(calls.some((call) => call.includes("CreateLogGroup"))).toBe(made);
});
