import { ecrRegistry, isEcrRegistry } from "../../lib/ecr-registry";
import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";
import { isClassic, isCurrent } from "../release/line";
import { type Rule, when } from "../../settings/rule";

/** A bucket and a prefix in it, without a slash at the end: the cache's role may write below the prefix only. */
const S3_CACHE = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.=-]+)+$/;

const inS3 = ({ wave: { build } }: WaveSettings): boolean =>
  build.cache?.startsWith("s3://") === true;

/** Kaniko caches in registries only. */
const cacheIsRepository: Rule<WaveSettings> = (settings) => {
  const { cache } = settings.wave.build;
  return when(isClassic(settings) && cache?.includes("://") === true, () => ({
    path: "wave.build.cache",
    given: `"${cache ?? ""}", on the classic line`,
    allowed: "a registry repository, without s3:// or any other scheme",
    fix: "remove it to use <prefix>/cache, or write a repository such as registry.example.com/wave/cache",
  }));
};

/** BuildKit caches in a registry or in S3, and its role is written for one prefix of one bucket. */
const cacheOfKnownForm: Rule<WaveSettings> = (settings) => {
  const { cache } = settings.wave.build;
  return when(
    isCurrent(settings) &&
      cache?.includes("://") === true &&
      !S3_CACHE.test(cache),
    () => ({
      path: "wave.build.cache",
      given: `"${cache ?? ""}"`,
      allowed:
        "s3://<bucket>/<prefix> without a slash at its end, or a repository without a scheme",
      fix: "write a bucket and a prefix such as s3://my-bucket/wave-cache, or remove it and set data.buildCache: {} to have a bucket made",
    }),
  );
};

/** A push to a registry that Wave has no login for fails every build. */
const cacheHasLogin: Rule<WaveSettings> = (settings) => {
  const { cache } = settings.wave.build;
  if (!isCurrent(settings) || cache === undefined || cache.includes("://"))
    return [];
  const host = cache.split("/")[0] ?? "";
  const { dockerHub, quay } = settings.wave.secrets;
  const login = new Map([
    ["docker.io", { secret: dockerHub, key: "wave.secrets.dockerHub" }],
    ["quay.io", { secret: quay, key: "wave.secrets.quay" }],
  ]).get(host);
  return when(!isEcrRegistry(host) && login?.secret === undefined, () => ({
    path: "wave.build.cache",
    given: `"${cache}", on a registry without a login`,
    allowed:
      "a repository of docker.io or quay.io with its secret, or s3://<bucket>/<prefix>",
    fix:
      login === undefined
        ? "remove it to use <prefix>/cache: besides ECR, Wave can log in to docker.io and quay.io only"
        : `set ${login.key}, or remove the cache to use <prefix>/cache`,
  }));
};

/** The identity that pushes has rights on two repositories, and on no third one. */
const cacheWithinRights: Rule<WaveSettings> = (settings) => {
  const { cache = "" } = settings.wave.build;
  const [host = "", ...path] = cache.split("/");
  const { accountId, region, data } = settings;
  const ours = ecrRegistry(accountId, region);
  const name = `${data.ecr.prefix ?? namesOf(settings).prefix}/cache`;
  const isOurs = host === ours && path.join("/") === name;
  return when(isEcrRegistry(host) && !isOurs, () => ({
    path: "wave.build.cache",
    given: `"${cache}", a repository of ECR`,
    allowed: `${ours}/${name}, which is the default`,
    fix: "remove it: nothing here may push to another repository of ECR. For other names set data.ecr.prefix",
  }));
};

/** Region and key are those of a bucket. */
const keysOfS3Cache: Rule<WaveSettings> = (settings) =>
  (["cacheRegion", "cacheKmsKeyArn"] as const).flatMap((key) => {
    const value = settings.wave.build[key];
    return when(
      isCurrent(settings) && value !== undefined && !inS3(settings),
      () => ({
        path: `wave.build.${key}`,
        given: `"${value ?? ""}", without a cache in S3`,
        allowed: "only beside wave.build.cache: s3://<bucket>/<prefix>",
        fix: "remove it, or name the bucket in wave.build.cache; the bucket of data.buildCache needs neither",
      }),
    );
  });

/** Wave writes to one cache. */
const oneCache: Rule<WaveSettings> = (settings) => {
  const { cache } = settings.wave.build;
  return when(
    isCurrent(settings) &&
      cache !== undefined &&
      settings.data.buildCache !== undefined,
    () => ({
      path: "wave.build.cache",
      given: `"${cache ?? ""}", beside data.buildCache`,
      allowed: "one cache",
      fix: "remove it to use the bucket that data.buildCache makes, or remove data.buildCache",
    }),
  );
};

export const cacheRules = [
  cacheIsRepository,
  cacheOfKnownForm,
  cacheHasLogin,
  cacheWithinRights,
  keysOfS3Cache,
  oneCache,
];
