import {
  readResults,
  subjectOf,
} from "../../../../tools/audit/checkov/results";
import { graphOf } from "../../../../tools/audit/graph";

const one = (check_id: string, file_path: string, resource: string) => ({
  check_id,
  file_path,
  resource,
  check_result: { result: "FAILED" },
});

const scanOf = (check_type: string) =>
  JSON.stringify({
    check_type,
    results: {
      passed_checks: [
        one("CKV_AWS_58", "/a/network/cdk.tf.json", "resource.cluster"),
      ],
      failed_checks: [
        one("CKV_AWS_39", "/a/network/cdk.tf.json", "resource.cluster"),
      ],
      skipped_checks: [],
      parsing_errors: ["tmp/scan/a/data/cdk.tf.json"],
    },
    summary: { passed: 1, failed: 1, checkov_version: "3.3.30" },
  });

test("passed and failed checks, and files that were not read", () => {
  const results = readResults(scanOf("terraform_json"), "terraform_json");
  expect(results).toEqual({
    version: "3.3.30",
    passed: [
      {
        check: "CKV_AWS_58",
        file: "a/network/cdk.tf.json",
        resource: "resource.cluster",
      },
    ],
    failed: [
      {
        check: "CKV_AWS_39",
        file: "a/network/cdk.tf.json",
        resource: "resource.cluster",
      },
    ],
    skipped: [],
    unread: ["tmp/scan/a/data/cdk.tf.json"],
  });
});

test("a scan that read nothing has no checks", () => {
  const empty =
    '{"passed": 0, "failed": 0, "resource_count": 0, "checkov_version": "3.3.30"}';
  expect(readResults(empty, "terraform_json")).toMatchObject({
    version: "3.3.30",
    passed: [],
    failed: [],
  });
});

test("results of another framework are refused", () => {
  expect(() => readResults(scanOf("secrets"), "terraform_json")).toThrow(
    "checkov scanned secrets, not terraform_json",
  );
});

describe("a resource that checkov names", () => {
  const body = (path: string) => ({ "//": { metadata: { path } } });
  const graph = graphOf({
    network: {
      resource: {
        aws_eks_cluster: { cluster: body("network/cluster/Default") },
        aws_vpc: { twice: body("network/vpc") },
        aws_subnet: { twice: body("network/subnet") },
      },
      data: { aws_vpc: { cluster: body("network/existing") } },
    },
    data: { resource: { aws_vpc: { cluster: body("data/cluster") } } },
  });

  test.each([
    ["resource.cluster", "network/cluster/Default"],
    ["aws_eks_cluster.cluster", "network/cluster/Default"],
    ["data.cluster", "network/existing"],
    ["data.aws_vpc.cluster", "network/existing"],
    ["aws_subnet.twice", "network/subnet"],
    ["resource.twice", undefined],
    ["resource.none", undefined],
  ])("%s is %s", (resource, path) => {
    expect(subjectOf(graph, "network", resource)?.path).toBe(path);
  });
});
