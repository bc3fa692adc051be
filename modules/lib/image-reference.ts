/** The parts of an image's name. */
export interface ImageReference {
  /** Such as `quay.io`; `docker.io` where the name has none. */
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Takes an image's name apart, as container runtimes do. */
export function readReference(image: string): ImageReference {
  const [name = "", digest] = image.split("@");
  // A colon before the last slash is a port.
  const [, path = name, tag] = /^(.+):([^/:]+)$/.exec(name) ?? [];
  const [first = "", ...rest] = path.split("/");
  const isHost =
    rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return {
    registry: isHost ? first : "docker.io",
    repository: isHost ? rest.join("/") : path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Whether the name stands for one version: a digest, or a tag that is meant to stay. */
export const isPinned = ({ tag, digest }: ImageReference): boolean =>
  digest !== undefined || (tag !== undefined && tag !== "latest");

/** The name in full. */
export const showReference = ({
  registry,
  repository,
  tag,
  digest,
}: ImageReference): string =>
  `${registry}/${repository}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
