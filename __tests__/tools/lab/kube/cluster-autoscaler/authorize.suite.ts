import { autoscalerAuthorizer } from "../../../../../tools/lab/kube/cluster-autoscaler/authorize";
import { renderedFor } from "../../../../../tools/lab/kube/cluster-autoscaler/rendered";
import { clusterAutoscalerRole } from "../../../../../modules/core/controllers/cluster-autoscaler";
import { type Call } from "../../../../../tools/lab/aws/services/call";
import { type Clusters } from "../../../../../tools/lab/aws/services/eks/store";
import { exampleSettings } from "../../../../support/settings";
import { fakeMoto, world } from "../../support";

const settings = exampleSettings();
const { tag, args } = renderedFor(settings);
const { policy } = clusterAutoscalerRole(settings, tag.value);

/** Moto with the role of the example, or with none. */
const motoWith = (roles: readonly string[]) => {
  fakeMoto((call) => {
    if (call.includes("Action=ListRolePolicies"))
      return "<r><member>policy</member></r>";
    if (call.includes("Action=GetRolePolicy"))
      return `<r><PolicyDocument>${encodeURIComponent(JSON.stringify(policy))}</PolicyDocument></r>`;
    return `<r>${roles.map((name) => `<RoleName>${name}</RoleName>`).join("")}</r>`;
  });
};
beforeEach(() => {
  motoWith(["wave-prod-euc1-wave-server", "wave-prod-euc1-cluster-autoscaler"]);
});
afterEach(() => jest.restoreAllMocks());

const group = (nodegroupName: string, scalingTags: Record<string, string>) => [
  nodegroupName,
  {
    nodegroupName,
    status: "ACTIVE",
    scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 2 },
    scalingTags,
    rest: {},
  },
];
const nodeGroups = new Map([
  group("build", { [tag.key]: tag.value }),
  group("other", { [tag.key]: "team-a" }),
  group("system", {}),
] as [string, object][]);
const clusters = new Map([
  [tag.value, { name: tag.value, nodeGroups }],
]) as unknown as Clusters;

async function refusalOf(
  operation: string,
  call: Partial<Call>,
): Promise<string | undefined> {
  const authorize = autoscalerAuthorizer(world.moto, clusters);
  const answer = await authorize(
    {
      service: "autoscaling",
      path: "/",
      body: Buffer.from(""),
      ...call,
    } as Call,
    operation,
  );
  return answer?.message;
}
const resize = (name: string) =>
  refusalOf("SetDesiredCapacity", {
    body: Buffer.from(`AutoScalingGroupName=${name}`),
  });

test("the group with the tag of the release is its own; those without, and of others, are not", async () => {
  expect(await resize("eks-build")).toBeUndefined();
  expect(await resize("eks-system")).toContain("SetDesiredCapacity on arn:aws");
  expect(await resize("eks-other")).toContain("not authorized");
});

test("it reads node groups of its cluster, and changes no bounds", async () => {
  const read = (cluster: string) =>
    refusalOf("DescribeNodegroup", {
      service: "eks",
      path: `/clusters/${cluster}/node-groups/build`,
    });
  expect(await read(tag.value)).toBeUndefined();
  expect(await read("team-a")).toContain("not authorized");
  expect(await refusalOf("UpdateAutoScalingGroup", {})).toContain("on *");
});

test("without the role nothing is allowed", async () => {
  motoWith([]);
  expect(await resize("eks-build")).toContain("not authorized");
});

test("the arguments are those of the release's values", () => {
  expect(args).toEqual(
    expect.arrayContaining([
      "--cloud-provider=aws",
      `--node-group-auto-discovery=asg:tag=wave-on-eks/autoscaled-by=${tag.value}`,
      "--scale-down-unneeded-time=10m",
    ]),
  );
});
