import { standInInputs } from "../../../modules/wave/objects/stand-in-inputs";
import { exampleSettings } from "../../support/settings";

test("stand-ins look like the real values of the environment", () => {
  const { data, identity } = standInInputs(exampleSettings());
  const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
  expect(data).toMatchObject({
    buildRepositoryUrl: `${registry}/wave-prod/build`,
    cacheRepositoryUrl: `${registry}/wave-prod/cache`,
    redisPort: 6379,
    redisSecretArn: "",
  });
  expect(identity.serverRoleArn).toBe(
    "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-server",
  );
});

test("the partition follows the region", () => {
  const stand = standInInputs(exampleSettings({ region: "cn-north-1" }));
  expect(stand.identity.certificateArn).toMatch(/^arn:aws-cn:acm:cn-north-1:/);
  expect(stand.data.buildRepositoryUrl).toMatch(/\.amazonaws\.com\.cn\//);
});

test("the three access points differ, so that rules can compare them", () => {
  const { data } = standInInputs(exampleSettings());
  const ids = [
    data.waveAccessPointId,
    data.buildAccessPointId,
    data.surrealAccessPointId,
  ];
  expect(new Set(ids).size).toBe(3);
});
