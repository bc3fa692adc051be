import {
  actionOf,
  deployerActions,
} from "../../../../tools/lab/deployer/actions";
import { type LogEntry } from "../../../../tools/lab/aws/request-log";

const entry = (change: Partial<LogEntry>): LogEntry => ({
  time: "2026-01-01T00:00:00.000Z",
  service: "s3",
  operation: "GET /bucket",
  method: "GET",
  status: 200,
  by: "moto",
  request: "/bucket",
  ...change,
});

test.each([
  ["GET", "/bucket", "s3:ListBucket"],
  ["HEAD", "/bucket", "s3:ListBucket"],
  ["GET", "/bucket?versions=", "s3:ListBucketVersions"],
  ["PUT", "/bucket", "s3:CreateBucket"],
  ["DELETE", "/bucket", "s3:DeleteBucket"],
  ["GET", "/bucket?encryption=", "s3:GetEncryptionConfiguration"],
  ["DELETE", "/bucket?encryption=", "s3:PutEncryptionConfiguration"],
  ["DELETE", "/bucket?policy=", "s3:DeleteBucketPolicy"],
  ["POST", "/bucket?delete=", "s3:DeleteObjectVersion"],
  ["HEAD", "/bucket/wave/lab/data.tfstate", "s3:GetObject"],
  ["DELETE", "/bucket/wave/lab/data.tfstate.tflock", "s3:DeleteObject"],
])("%s %s of S3 needs %s", (method, request, action) => {
  expect(actionOf(entry({ method, request }))).toBe(action);
});

test("actions of other services have the name of their operation, or of their path", () => {
  const byName = { service: "ec2", operation: "CreateVpc", request: "/" };
  const byPath = {
    service: "elasticfilesystem",
    operation: "GET /2015-02-01/mount-targets/fsmt-1/security-groups",
    request: "/2015-02-01/mount-targets/fsmt-1/security-groups",
  };
  expect(actionOf(entry(byName))).toBe("ec2:CreateVpc");
  expect(actionOf(entry(byPath))).toBe(
    "elasticfilesystem:DescribeMountTargetSecurityGroups",
  );
});

test("fails for a path without a name", () => {
  const unknown = { service: "eks", operation: "GET /new", request: "/new" };
  expect(() => actionOf(entry(unknown))).toThrow(
    "eks: no action is known for GET /new",
  );
});

test("what the lab does itself, and what needs no permission, is left out; each action stands once", () => {
  const ofTheLab = entry({ service: "ecr", operation: "PutImage" });
  const free = entry({ service: "sts", operation: "GetCallerIdentity" });
  const filled = entry({ method: "PUT", request: "/bucket/lab" });
  const wanted = entry({ service: "ec2", operation: "CreateVpc" });
  expect(deployerActions([ofTheLab, wanted, free, filled, wanted])).toEqual([
    "ec2:CreateVpc",
  ]);
});

test("what the owner of a given VPC and cluster does needs no permission of the deployer", () => {
  const own = { service: "ec2", operation: "CreateVpc" };
  expect(deployerActions([entry(own)])).toEqual(["ec2:CreateVpc"]);
  expect(deployerActions([entry({ ...own, byOwner: true })])).toEqual([]);
});

test("the tagging API of resource groups has actions of its own prefix", () => {
  const request = { service: "tagging", operation: "GetResources" };
  expect(actionOf(entry(request))).toBe("tag:GetResources");
});
