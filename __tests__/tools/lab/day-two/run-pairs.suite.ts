import {
  idsOf,
  movedAddresses,
  replacedTypes,
} from "../../../../tools/lab/day-two/run-pairs";

const stateOf = (ids: Record<string, string>) => ({
  stack: "network",
  text: "",
  outputs: {},
  resources: Object.entries(ids).map(([address, id]) => {
    const [type = "", name = ""] = address.split(".");
    return { mode: "managed", type, name, instances: [{ attributes: { id } }] };
  }),
});

const typesReplaced = (
  before: Record<string, string>,
  after: Record<string, string>,
) => replacedTypes(idsOf([stateOf(before)]), idsOf([stateOf(after)]));

test("what has another id than before was replaced; what came or went was not", () => {
  expect(
    typesReplaced(
      { "aws_vpc.a": "vpc-1", "aws_subnet.a": "s-1", "aws_subnet.b": "s-2" },
      { "aws_vpc.a": "vpc-1", "aws_subnet.a": "s-9", "aws_eip.c": "e-1" },
    ),
  ).toEqual(["aws_subnet"]);
});

test("a Kubernetes object that was made anew under its name has another uid", () => {
  const withUid = (uid: string) => {
    const [one] = stateOf({ "kubernetes_ingress_v1.a": "wave/a" }).resources;
    const attributes = { id: "wave/a", metadata: [{ name: "a", uid }] };
    return idsOf([
      {
        ...stateOf({}),
        resources: one ? [{ ...one, instances: [{ attributes }] }] : [],
      },
    ]);
  };
  expect(replacedTypes(withUid("1"), withUid("2"))).toEqual([
    "kubernetes_ingress_v1",
  ]);
  expect(replacedTypes(withUid("1"), withUid("1"))).toEqual([]);
  // Not yet in the state of its first deploy.
  expect(replacedTypes(withUid(""), withUid("1"))).toEqual([]);
});

test("what came or went is told by its address", () => {
  const before = idsOf([stateOf({ "aws_vpc.a": "1", "aws_eip.gone": "2" })]);
  const after = idsOf([stateOf({ "aws_vpc.a": "9", "aws_eip.come": "3" })]);
  expect(movedAddresses(before, after)).toEqual([
    "network aws_eip.gone",
    "network aws_eip.come",
  ]);
});
