import { jsonAnswer } from "../../../../../tools/lab/aws/services/call";
import { ec2Service } from "../../../../../tools/lab/aws/services/ec2";
import { Client, fakeMoto, world } from "../../support";

afterEach(() => jest.restoreAllMocks());

test("a route table that a gateway endpoint gets later has the route to it, as the first ones have", async () => {
  const asked: string[] = [];
  fakeMoto((request) => {
    asked.push(request);
    return "<r><item><gatewayId>vpce-1</gatewayId><destinationPrefixListId>pl-1</destinationPrefixListId></item></r>";
  });
  const ec2 = new Client(ec2Service(world), () =>
    Promise.resolve(jsonAnswer({})),
  );
  await ec2.query("ModifyVpcEndpoint", {
    VpcEndpointId: "vpce-1",
    "AddRouteTableId.1": "rtb-9",
  });
  const made = asked
    .map((request) => Object.fromEntries(new URLSearchParams(request)))
    .filter(({ Action }) => Action === "CreateRoute");
  expect(made).toEqual([
    expect.objectContaining({
      RouteTableId: "rtb-9",
      DestinationPrefixListId: "pl-1",
      GatewayId: "vpce-1",
    }),
  ]);
});
