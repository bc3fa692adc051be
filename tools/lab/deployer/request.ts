import { type Call } from "../aws/services/call";

/** What a request says that policies ask after. */
export interface RequestFacts {
  /** Tags that come with it, by key. */
  readonly tags: Readonly<Record<string, string>>;
  /** Parameters of a query request. */
  readonly form: ReadonlyMap<string, string>;
  /** The whole body. */
  readonly text: string;
}

export function readRequest({ body }: Call): RequestFacts {
  const text = body.toString("utf8");
  const json = text.startsWith("{") ? parsed(text) : undefined;
  const form = new Map(json === undefined ? new URLSearchParams(text) : []);
  return {
    text,
    form,
    tags: json === undefined ? formTags(form) : jsonTags(json),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `TagSpecification.1.Tag.2.Key`, `Tag.1.Key`, `Tags.member.1.Key`, `Tags.Tag.1.Key` and their values. */
function formTags(form: ReadonlyMap<string, string>): Record<string, string> {
  const pairs = [...form].flatMap(([name, key]) => {
    const [, stem] =
      /^(.*Tags?\.(?:member\.|Tag\.)?\d+\.)Key$/.exec(name) ?? [];
    return stem === undefined ? [] : [[key, form.get(`${stem}Value`) ?? ""]];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Tags as a map or as a list, under the names that services give them, at the top or one level below. */
function jsonTags(json: unknown): Record<string, string> {
  for (const [name, value] of entriesOf(json))
    if (/tags$/i.test(name)) return tagsIn(value);
  return {};
}

function tagsIn(value: unknown): Record<string, string> {
  if (!Array.isArray(value))
    return Object.fromEntries(
      entriesOf(value).map(([key, one]) => [key, String(one)]),
    );
  return Object.fromEntries(
    value.map((one: Record<string, unknown>) => [
      String(one.Key ?? one.TagKey ?? one.key),
      String(one.Value ?? one.TagValue ?? one.value),
    ]),
  );
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];
