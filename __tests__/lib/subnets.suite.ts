import { subnetsOf } from "../../modules/lib/subnets";

test("a zone's ranges depend on its letter alone, so adding a zone moves nothing", () => {
  const two = subnetsOf("10.40.0.0/16", ["a", "c"]);
  const three = subnetsOf("10.40.0.0/16", ["c", "b", "a"]);
  expect(three.a).toEqual(two.a);
  expect(three.c).toEqual(two.c);
});

test("private subnets are eighths, public ones sixty-fourths of the seventh eighth, those of endpoints of the last", () => {
  expect(subnetsOf("10.40.0.0/16", ["a", "b", "f"])).toEqual({
    a: {
      private: "10.40.0.0/19",
      public: "10.40.192.0/22",
      endpoints: "10.40.224.0/22",
    },
    b: {
      private: "10.40.32.0/19",
      public: "10.40.196.0/22",
      endpoints: "10.40.228.0/22",
    },
    f: {
      private: "10.40.160.0/19",
      public: "10.40.212.0/22",
      endpoints: "10.40.244.0/22",
    },
  });
});

test("the smallest VPC still has more than 8 free addresses per public subnet", () => {
  expect(subnetsOf("10.0.8.0/21", ["c"])).toEqual({
    c: {
      private: "10.0.10.0/24",
      public: "10.0.14.64/27",
      endpoints: "10.0.15.64/27",
    },
  });
});
