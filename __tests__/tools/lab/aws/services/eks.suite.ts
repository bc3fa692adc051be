import { eksService } from "../../../../../tools/lab/aws/services/eks/eks";
import { Client, errorOf, fakeMoto, world } from "../../support";

const request = {
  name: "wave",
  version: "1.35",
  roleArn: "arn:aws:iam::123456789012:role/eks",
  resourcesVpcConfig: {
    subnetIds: ["subnet-a", "subnet-b"],
    endpointPrivateAccess: true,
  },
  accessConfig: {
    authenticationMode: "API",
    bootstrapClusterCreatorAdminPermissions: false,
  },
  bootstrapSelfManagedAddons: false,
};

const scalingConfig = { minSize: 1, desiredSize: 2, maxSize: 3 };
const nodeGroup = {
  nodegroupName: "system",
  nodeRole: "arn:aws:iam::123456789012:role/node",
  scalingConfig,
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

const create = (change: object = {}) =>
  eks.rest("POST /clusters", { ...request, ...change });
const addOn = (addonName: string) =>
  eks.rest("POST /clusters/wave/addons", { addonName });
const addNodes = (change: object = {}) =>
  eks.rest("POST /clusters/wave/node-groups", { ...nodeGroup, ...change });
const addEntry = (input: object) =>
  eks.rest("POST /clusters/wave/access-entries", input);

test("a cluster is described as it was created, with the group and issuer EKS adds", async () => {
  await create();
  expect(await eks.rest("GET /clusters/wave")).toMatchObject({
    cluster: {
      name: "wave",
      version: "1.35",
      status: "ACTIVE",
      accessConfig: { authenticationMode: "API" },
      resourcesVpcConfig: {
        subnetIds: ["subnet-a", "subnet-b"],
        securityGroupIds: [],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["0.0.0.0/0"],
        vpcId: "vpc-1",
        clusterSecurityGroupId: "sg-1",
      },
      identity: {
        oidc: {
          issuer: expect.stringMatching(
            /^https:\/\/oidc\.eks\.eu-central-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/,
          ) as unknown,
        },
      },
    },
  });
});

test("refuses subnets of one zone", async () => {
  fakeMoto(() => "<availabilityZone>a</availabilityZone>");
  expect(await errorOf(create)).toMatch(/two different AZs/);
});

test("refuses a downgrade and a skipped minor, takes the next one", async () => {
  await create();
  const update = (version: string) => () =>
    eks.rest("POST /clusters/wave/updates", { version });
  expect(await errorOf(update("1.34"))).toMatch(/downgrade from 1.35 to 1.34/);
  expect(await errorOf(update("1.37"))).toMatch(/update from 1.35 to 1.37/);
  await update("1.36")();
  expect(await eks.rest("GET /clusters/wave")).toMatchObject({
    cluster: { version: "1.36" },
  });
});

test("refuses to leave nodes behind: they take the cluster's version before it goes on", async () => {
  await create();
  await addOn("vpc-cni");
  await addNodes();
  const update = (path: string, version: string) => () =>
    eks.rest(`POST /clusters/wave${path}`, { version });
  await update("/updates", "1.36")();
  expect(await errorOf(update("/updates", "1.37"))).toMatch(
    /Nodegroup system of version 1.35 must be updated to match cluster version 1.36/,
  );
  await update("/node-groups/system/update-version", "1.36")();
  await update("/updates", "1.37")();
});

test("with a Kubernetes API, the cluster leads to it", async () => {
  const kubernetes = {
    wave: { endpoint: "https://127.0.0.1:1", authority: "PEM" },
  };
  eks = new Client(eksService({ ...world, kubernetes }));
  await create({ name: "other" });
  expect(await eks.rest("GET /clusters/other")).toMatchObject({
    cluster: { endpoint: expect.stringMatching(/amazonaws\.com$/) as unknown },
  });
  await create();
  expect(await eks.rest("GET /clusters/wave")).toMatchObject({
    cluster: {
      endpoint: "https://127.0.0.1:1",
      certificateAuthority: { data: Buffer.from("PEM").toString("base64") },
    },
  });
});

test("taints of a node group change in place", async () => {
  await create();
  await addOn("vpc-cni");
  const taint = (key: string, value: string) => ({
    key,
    value,
    effect: "NO_SCHEDULE",
  });
  await addNodes({ taints: [taint("a", "1"), taint("b", "1")] });
  await eks.rest("POST /clusters/wave/node-groups/system/update-config", {
    taints: {
      addOrUpdateTaints: [taint("a", "2")],
      removeTaints: [taint("b", "1")],
    },
  });
  expect(await eks.rest("GET /clusters/wave/node-groups/system")).toMatchObject(
    { nodegroup: { taints: [taint("a", "2")] } },
  );
});

test("refuses a minimum above the wanted size, at creation and at an update", async () => {
  await create();
  await addOn("vpc-cni");
  const wrong = { minSize: 3, desiredSize: 2, maxSize: 3 };
  expect(await errorOf(() => addNodes({ scalingConfig: wrong }))).toMatch(
    /Minimum capacity 3 can't be greater than desired size 2/,
  );
  await addNodes();
  expect(
    await errorOf(() =>
      eks.rest("POST /clusters/wave/node-groups/system/update-config", {
        scalingConfig: { minSize: 3 },
      }),
    ),
  ).toMatch(/Minimum capacity 3/);
  expect(await eks.rest("GET /clusters/wave/node-groups/system")).toMatchObject(
    { nodegroup: { scalingConfig } },
  );
});

test("nodes without the network plug-in fail, and so do add-ons without nodes", async () => {
  await create();
  expect(await addNodes()).toMatchObject({
    nodegroup: { status: "CREATE_FAILED" },
  });
  await eks.rest("DELETE /clusters/wave/node-groups/system");
  await addOn("vpc-cni");
  expect(await addOn("coredns")).toMatchObject({
    addon: { status: "CREATE_FAILED" },
  });
  expect(await addNodes()).toMatchObject({ nodegroup: { status: "ACTIVE" } });
});

test("refuses a second access entry of a principal, the creator's own too", async () => {
  await create({ accessConfig: { authenticationMode: "API" } });
  expect(
    await errorOf(() => addEntry({ principalArn: world.deployerRole })),
  ).toMatch(/ResourceInUseException/);
});

test("refuses a system: group in an access entry", async () => {
  await create();
  expect(
    await errorOf(() =>
      addEntry({
        principalArn: world.deployerRole,
        kubernetesGroups: ["system:masters"],
      }),
    ),
  ).toMatch(/system:masters is invalid/);
});

test("takes EKS access policies and no others", async () => {
  await create();
  await addEntry({ principalArn: world.deployerRole });
  const path = `/clusters/wave/access-entries/${encodeURIComponent(world.deployerRole)}/access-policies`;
  const associate = (policyArn: string) => () =>
    eks.rest(`POST ${path}`, { policyArn, accessScope: { type: "cluster" } });
  expect(
    await errorOf(associate("arn:aws:iam::aws:policy/AdministratorAccess")),
  ).toMatch(/policyArn/);
  const policyArn =
    "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  await associate(policyArn)();
  expect(await eks.rest(`GET ${path}`)).toMatchObject({
    associatedAccessPolicies: [{ policyArn, accessScope: { type: "cluster" } }],
  });
});

test("refuses to delete a protected cluster and one with nodes", async () => {
  const remove = () => eks.rest("DELETE /clusters/wave");
  await create({ deletionProtection: true });
  expect(await errorOf(remove)).toMatch(/deletion protection is enabled/);
  await addOn("vpc-cni");
  await addNodes();
  expect(await errorOf(remove)).toMatch(/nodegroups attached/);
  await eks.rest("DELETE /clusters/wave/node-groups/system");
  await eks.rest("POST /clusters/wave/update-config", {
    deletionProtection: false,
  });
  await remove();
  expect(await eks.rest("GET /clusters")).toEqual({ clusters: [] });
});

test("tags of a cluster change in place", async () => {
  const { cluster } = (await create({ tags: { a: "1", b: "2" } })) as {
    cluster: { arn: string };
  };
  const path = `/tags/${encodeURIComponent(cluster.arn)}`;
  await eks.rest(`POST ${path}`, { tags: { c: "3" } });
  await eks.rest(`DELETE ${path}?tagKeys=a`);
  expect(await eks.rest(`GET ${path}`)).toEqual({ tags: { b: "2", c: "3" } });
});

test("offers one default version of an add-on for the asked minor", async () => {
  const answer = (await eks.rest(
    "GET /addons/supported-versions?addonName=coredns&kubernetesVersion=1.36",
  )) as {
    addons: {
      addonVersions: {
        compatibilities: { clusterVersion: string; defaultVersion: boolean }[];
      }[];
    }[];
  };
  const offered = answer.addons[0]?.addonVersions.flatMap(
    ({ compatibilities }) => compatibilities,
  );
  expect(offered?.map(({ clusterVersion }) => clusterVersion)).toEqual([
    "1.36",
    "1.36",
  ]);
  expect(offered?.filter(({ defaultVersion }) => defaultVersion)).toHaveLength(
    1,
  );
});
