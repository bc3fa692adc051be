import { EC2Client } from "@aws-sdk/client-ec2";
import { awsOf } from "../../../../tools/operate/aws/clients";
import { leftOf, stillThere } from "../../../../tools/operate/prove/left-overs";
import { openTarget } from "../../../../tools/operate/target";

const arn = (rest: string): string => `arn:aws:${rest}`;

afterEach(() => {
  jest.restoreAllMocks();
});

test("what was there before is nobody's left-over, and keys wait", () => {
  const before = [arn("s3:::theirs"), arn("kms:r:1:key/old")];
  const now = [...before, arn("s3:::ours"), arn("kms:r:1:key/new")];
  expect(leftOf(before, now)).toEqual({
    left: [arn("s3:::ours")],
    waiting: [arn("kms:r:1:key/new")],
  });
});

test("what EC2 still shows and is gone, is gone; what it deletes is there", async () => {
  jest.spyOn(EC2Client.prototype, "send").mockImplementation((command) => {
    const { NatGatewayIds, InstanceIds } = (
      command as unknown as { input: Record<string, string[] | undefined> }
    ).input;
    return Promise.resolve({
      NatGateways: NatGatewayIds?.map((NatGatewayId) => ({
        NatGatewayId,
        State: NatGatewayId === "nat-1" ? "deleted" : "deleting",
      })),
      Reservations: InstanceIds?.map((InstanceId) => ({
        Instances: [{ InstanceId, State: { Name: "terminated" } }],
      })),
    }) as never;
  });
  const nat = (id: string): string => arn(`ec2:r:1:natgateway/${id}`);
  const arns = [
    nat("nat-1"),
    nat("nat-2"),
    arn("ec2:r:1:instance/i-1"),
    arn("s3:::bucket"),
  ];
  const aws = awsOf(openTarget("example", {}));
  expect(await stillThere(aws, arns)).toEqual([
    nat("nat-2"),
    arn("s3:::bucket"),
  ]);
});
