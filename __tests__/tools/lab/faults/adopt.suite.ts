import { type Existing } from "../../../../tools/lab/aws/inventory";
import {
  adoptionsFrom,
  adoptionsOf,
  ownerless,
} from "../../../../tools/lab/faults/adopt";
import { type SynthesizedStack } from "../../../../tools/lab/terraform/synthesized";

const stack = (
  resource: NonNullable<SynthesizedStack["json"]["resource"]>,
  id = "network",
): Pick<SynthesizedStack, "id" | "json"> => ({
  id,
  json: { terraform: { required_providers: {} }, resource },
});

const network = stack({
  aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } },
  aws_iam_role: {
    one: { name: "wave-lab-nodes" },
    two: { name: "wave-lab-cluster" },
  },
  aws_eks_node_group: {
    build: { node_group_name_prefix: "wave-lab-build-" },
    system: { node_group_name_prefix: "wave-lab-system-" },
  },
});
const adopted = (objects: Existing[], addresses: string[] = []) =>
  adoptionsOf(objects, [{ stack: network, addresses: new Set(addresses) }]).map(
    ({ to, id }) => `${to} ${id}`,
  );

describe("what a killed run made and no state speaks of", () => {
  const vpc = { kind: "vpc", id: "vpc-1" };

  test("is what no resource of its type is", () => {
    const state = (type: string, id: string) => {
      const resource = { mode: "managed", type, name: "one" };
      const resources = [{ ...resource, instances: [{ attributes: { id } }] }];
      return { text: JSON.stringify(resources), resources };
    };
    expect(ownerless([vpc], [])).toEqual([vpc]);
    expect(ownerless([vpc], [state("aws_vpc", "vpc-1")])).toEqual([]);
    expect(ownerless([vpc], [state("aws_subnet", "vpc-1")])).toEqual([vpc]);
    const volume = { kind: "volume", id: "vol-1" };
    expect(ownerless([volume], [state("any", "vol-1")])).toEqual([]);
    expect(ownerless([volume], [state("any", "vol-12")])).toEqual([volume]);
    for (const kind of ["dns record", "network interface", "load balancer"])
      expect(ownerless([{ kind, id: "a" }], [])).toEqual([]);
  });

  test("is imported by its name, an IAM role without its ARN", () => {
    const id = "arn:aws:iam::123456789012:role/wave-lab-nodes";
    expect(adopted([{ kind: "iam role", id }])).toEqual([
      "aws_iam_role.one wave-lab-nodes",
    ]);
  });

  test("is imported by the start of its name", () => {
    const id = "wave-lab-eks:wave-lab-system-2026";
    expect(adopted([{ kind: "node group", id }])).toEqual([
      `aws_eks_node_group.system ${id}`,
    ]);
  });

  test("is imported without a name when it can be only one resource", () => {
    expect(adopted([vpc])).toEqual(["aws_vpc.vpc vpc-1"]);
    expect(adopted([vpc, { kind: "vpc", id: "vpc-2" }])).toEqual([]);
    expect(adopted([vpc], ["aws_vpc.vpc"])).toEqual([]);
    expect(adopted([{ kind: "volume", id: "vol-1" }])).toEqual([]);
  });
});

describe("what a run finds in its way", () => {
  const from = (lines: string[]) =>
    adoptionsFrom(
      lines,
      [
        stack({ aws_eks_addon: { "node-add-ons_vpc-cni": {} } }),
        stack({ aws_route53_record: { mail: {} } }, "identity"),
      ],
      "Z1",
    );

  test("is named by Terraform's message", () => {
    expect(
      from([
        "network  │ Error: creating EKS Add-On (wave-lab-eks:vpc-cni): ResourceInUseException: Addon already exists.",
        "         │",
        "         │   with aws_eks_addon.node-add-ons_vpc-cni (node-add-ons/vpc-cni),",
      ]),
    ).toEqual([
      {
        stack: "network",
        to: "aws_eks_addon.node-add-ons_vpc-cni",
        id: "wave-lab-eks:vpc-cni",
      },
    ]);
  });

  test("a record by its zone, name and type", () => {
    expect(
      from([
        "│ Error: creating Route53 Record: InvalidChangeBatch: [Tried to create resource record set [name='a.example.com.', type='CNAME'] but it already exists]",
        "│   with aws_route53_record.mail,",
      ]),
    ).toEqual([
      {
        stack: "identity",
        to: "aws_route53_record.mail",
        id: "Z1_a.example.com_CNAME",
      },
    ]);
  });

  test("another error, or a resource of no stack, is none", () => {
    expect(
      from([
        "Error: creating EKS Add-On (a:b): AccessDenied",
        "  with aws_eks_addon.node-add-ons_vpc-cni,",
        "Error: creating VPC (c): already exists",
        "  with aws_vpc.none,",
      ]),
    ).toEqual([]);
  });
});
