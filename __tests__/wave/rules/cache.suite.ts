import { type SettingsChange, currentSettings } from "../../support/settings";
import { arn, testRefused } from "../../support/settings-rules";

const build = (change: object): SettingsChange => ({ wave: { build: change } });

testRefused(
  [
    [
      "CFG-09, IAM-08: a cache in S3 without a prefix",
      build({ cache: "s3://my-bucket" }),
      "wave.build.cache",
      ["s3://<bucket>/<prefix>", "data.buildCache"],
    ],
    [
      "IAM-08: a slash at the end of the cache's prefix",
      build({ cache: "s3://my-bucket/wave/" }),
      "wave.build.cache",
      ["without a slash at its end"],
    ],
    [
      "CFG-09: a cache with another scheme",
      build({ cache: "https://registry.example.com/wave" }),
      "wave.build.cache",
      ["a repository without a scheme"],
    ],
    [
      "CFG-R1: a cache on a registry without a login",
      build({ cache: "registry.example.com/wave/cache" }),
      "wave.build.cache",
      [
        "without a login",
        "besides ECR, Wave can log in to docker.io and quay.io only",
      ],
    ],
    [
      "IAM-02: a cache in a repository of ECR that nobody here may push to",
      build({
        cache: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/other/cache",
      }),
      "wave.build.cache",
      ["a repository of ECR", "eu-central-1.amazonaws.com/wave-prod/cache"],
    ],
    [
      "CFG-R2: a cache on quay.io without its secret",
      build({ cache: "quay.io/wave/cache" }),
      "wave.build.cache",
      ["set wave.secrets.quay"],
    ],
    [
      "IAM-08: the region of a bucket that is not named",
      build({ cacheRegion: "eu-west-1" }),
      "wave.build.cacheRegion",
      ["beside wave.build.cache: s3://"],
    ],
    [
      "IAM-08: the key of a bucket that is not named",
      build({
        cacheKmsKeyArn: arn("kms:eu-central-1:123456789012:key/1"),
      }),
      "wave.build.cacheKmsKeyArn",
      ["beside wave.build.cache: s3://"],
    ],
    [
      "IAM-08: two caches",
      {
        data: { buildCache: {} },
        wave: { build: { cache: "s3://my-bucket/wave" } },
      },
      "wave.build.cache",
      ["beside data.buildCache", "one cache"],
    ],
  ],
  currentSettings,
);
