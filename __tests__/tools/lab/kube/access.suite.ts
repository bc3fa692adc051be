import { type AccessEntry } from "../../../../tools/lab/aws/services/eks/store";
import {
  groupsOf,
  policyBindings,
} from "../../../../tools/lab/kube/access-policies";
import { accessKeyOf, eksToken } from "../../../../tools/lab/kube/eks-token";
import { reviewToken } from "../../../../tools/lab/kube/token-review";

const deployer = "arn:aws:iam::123456789012:role/wave-deployer";
const prefix = "arn:aws:eks::aws:cluster-access-policy/";

const policy = (name: string, type = "cluster") =>
  [prefix + name, { policyArn: prefix + name, accessScope: { type } }] as const;

const entry: AccessEntry = {
  principalArn: deployer,
  accessEntryArn: "arn",
  type: "STANDARD",
  createdAt: 0,
  username:
    "arn:aws:sts::123456789012:assumed-role/wave-deployer/{{SessionName}}",
  kubernetesGroups: ["deployers"],
  tags: {},
  policies: new Map([policy("AmazonEKSClusterAdminPolicy")]),
};

const entries = new Map([[deployer, entry]]);

const tokenOf = (change: (url: URL) => void): string => {
  const [head = "", body = ""] = eksToken("AKIAKEY", "eu-central-1").split(".");
  const url = new URL(Buffer.from(body, "base64url").toString());
  change(url);
  return `${head}.${Buffer.from(url.href).toString("base64url")}`;
};

describe("the access key of a token", () => {
  test("is read from the presigned URL", () => {
    expect(accessKeyOf(eksToken("AKIAKEY", "eu-central-1"))).toBe("AKIAKEY");
  });

  test.each([
    ["another token", "secret"],
    ["no URL", "k8s-aws-v1.c2VjcmV0"],
    [
      "another call",
      tokenOf((url) => {
        url.searchParams.set("Action", "AssumeRole");
      }),
    ],
    [
      "the header of the cluster unsigned",
      tokenOf((url) => {
        url.searchParams.set("X-Amz-SignedHeaders", "host");
      }),
    ],
    [
      "one of a quarter of an hour ago",
      eksToken("AKIAKEY", "eu-central-1", new Date(Date.now() - 15 * 60_000)),
    ],
    [
      "no time",
      tokenOf((url) => {
        url.searchParams.set("X-Amz-Date", "yesterday");
      }),
    ],
  ])("%s has none", (_, token) => {
    expect(accessKeyOf(token)).toBeUndefined();
  });
});

describe("a TokenReview", () => {
  const principals = { AKIAKEY: deployer, AKIAOTHER: `${deployer}-other` };
  const review = (key: string) =>
    reviewToken(
      { spec: { token: eksToken(key, "eu-central-1") } },
      principals,
      entries,
    );

  test("knows the principal by its access entry", () => {
    expect(review("AKIAKEY")).toMatchObject({
      kind: "TokenReview",
      status: {
        authenticated: true,
        user: {
          username: "arn:aws:sts::123456789012:assumed-role/wave-deployer/lab",
          groups: ["deployers", "lab:AmazonEKSClusterAdminPolicy"],
        },
      },
    });
  });

  test.each(["AKIAOTHER", "AKIANOBODY"])(
    "knows nobody without one: %s",
    (key) => {
      expect(review(key)).toMatchObject({ status: { authenticated: false } });
    },
  );
});

test("an access policy of the cluster is a group, one of namespaces is not", () => {
  const policies = new Map([
    policy("AmazonEKSViewPolicy"),
    policy("AmazonEKSAdminPolicy", "namespace"),
  ]);
  expect(groupsOf({ kubernetesGroups: [], policies })).toEqual([
    "lab:AmazonEKSViewPolicy",
  ]);
});

test("the group of each policy is bound to the role of the same permissions", () => {
  const bound = policyBindings as {
    roleRef: { name: string };
    subjects: { name: string }[];
  }[];
  expect(
    bound.map(({ roleRef, subjects }) => [subjects[0]?.name, roleRef.name]),
  ).toEqual([
    ["lab:AmazonEKSClusterAdminPolicy", "cluster-admin"],
    ["lab:AmazonEKSAdminPolicy", "admin"],
    ["lab:AmazonEKSEditPolicy", "edit"],
    ["lab:AmazonEKSViewPolicy", "view"],
  ]);
});
