import { type Construct } from "constructs";
import { type DataOutputs } from "../../contracts/data";
import { FileStore, type FileStoreProps } from "./file-store";
import { hasBuilds } from "../release/line";
import { createRepositories } from "./repositories";

/** What builds share and leave: the file system and the repositories. Wave Lite builds nothing. */
export function createBuildStores(
  scope: Construct,
  props: FileStoreProps,
): Partial<DataOutputs> {
  if (!hasBuilds(props.settings)) return {};
  const files = new FileStore(scope, "files", props);
  const { build, cache } = createRepositories(
    scope,
    props.settings,
    props.kmsKeyArn,
  );
  return {
    fileSystemId: files.fileSystemId,
    waveAccessPointId: files.waveAccessPointId,
    buildAccessPointId: files.buildAccessPointId,
    surrealAccessPointId: files.surrealAccessPointId,
    buildRepositoryUrl: build.url,
    buildRepositoryArn: build.arn,
    cacheRepositoryUrl: cache.url,
    cacheRepositoryArn: cache.arn,
  };
}
