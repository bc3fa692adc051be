import { namesOf } from "../../modules/lib/names";
import {
  dnsSuffixOf,
  partitionOf,
  shortRegion,
} from "../../modules/lib/aws-partition";

const names = namesOf({
  name: "wave",
  environment: "prod",
  region: "eu-central-1",
});

test("every name starts with <name>-<environment>", () => {
  expect(names.prefix).toBe("wave-prod");
  expect(names.of("efs")).toBe("wave-prod-efs");
});

test("IAM names carry the region, because IAM is one space per account", () => {
  expect(names.iam("wave-server")).toBe("wave-prod-euc1-wave-server");
});

test("a name over its service's limit is cut and stays unique", () => {
  const first = names.of("a-very-long-name-of-a-load-balancer-one", 32);
  const second = names.of("a-very-long-name-of-a-load-balancer-two", 32);
  expect(first).toHaveLength(32);
  expect(first).toMatch(/^wave-prod-a-very-long-nam.*-[0-9a-f]{6}$/);
  expect(second).not.toBe(first);
});

test("a cut leaves no double hyphen", () => {
  expect(names.of("abcdefghij-klm", 28)).toBe("wave-prod-abcdefghij-klm");
  expect(names.of("abcde-fghij-klmnop", 22)).not.toContain("--");
});

test.each([
  ["eu-central-1", "euc1", "aws", "amazonaws.com"],
  ["us-east-1", "use1", "aws", "amazonaws.com"],
  ["ap-southeast-2", "apse2", "aws", "amazonaws.com"],
  ["us-gov-west-1", "usgw1", "aws-us-gov", "amazonaws.com"],
  ["cn-northwest-1", "cnnw1", "aws-cn", "amazonaws.com.cn"],
])("%s is %s, partition %s, suffix %s", (region, short, partition, suffix) => {
  expect(shortRegion(region)).toBe(short);
  expect(partitionOf(region)).toBe(partition);
  expect(dnsSuffixOf(region)).toBe(suffix);
});
