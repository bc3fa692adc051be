import { type Construct } from "constructs";
import {
  EcrRepository,
  type Repository,
  existingRepository,
} from "../../aws/ecr/ecr-repository";
import { namesOf } from "../../lib/names";
import { type Document, fillTemplate } from "../../lib/template";
import { type WaveSettings } from "../settings/schema";

/** Where Wave puts what it builds. */
export interface Repositories {
  /** Built images. */
  readonly build: Repository;
  /** Cached layers. */
  readonly cache: Repository;
}

/** `<prefix>/build` and `<prefix>/cache`: made, or found when they exist already. */
export function createRepositories(
  scope: Construct,
  settings: WaveSettings,
  kmsKeyArn: string,
): Repositories {
  const { ecr } = settings.data;
  const prefix = ecr.prefix ?? namesOf(settings).prefix;

  const create = (what: "build" | "cache", lifecyclePolicy: Document) =>
    ecr.existing
      ? existingRepository(scope, `${what}-repository`, `${prefix}/${what}`)
      : new EcrRepository(scope, `${what}-repository`, {
          name: `${prefix}/${what}`,
          kmsKeyArn,
          lifecyclePolicy,
          retain: settings.retain,
        });

  return {
    build: create(
      "build",
      fillTemplate("policies/ecr-lifecycle/build.json", {
        UNTAGGED_DAYS: ecr.untaggedDays,
      }),
    ),
    cache: create(
      "cache",
      fillTemplate("policies/ecr-lifecycle/cache.json", {
        UNTAGGED_DAYS: ecr.untaggedDays,
        CACHE_DAYS: ecr.cacheDays,
      }),
    ),
  };
}
