import { type Json } from "../audit/graph";
import { isObject } from "../audit/reading";

/** A key of the settings with values to try; undefined takes it away. */
export interface Flip {
  /** As in docs/settings.md, such as `access.admins[].policy`. */
  readonly key: string;
  readonly steps: readonly (string | number)[];
  readonly values: readonly unknown[];
}

/** A key takes those that its pattern lets in. */
const TEXTS =
  `other, a, Z0123456789ZZZZZZZZZZ, *.example.com, other.example.com, other-1, other/secret, /other/, /other, OTHER
4711, 3, 2, 1.30, 16.4, 192.0.2.0/24, 10.77.0.0/16, 100.64.0.0/16, 20m, 30s, 17 4 * * *, 500m, 2Gi, 3000Mi, 64Gi, eu-west-1
v1.2.3-eksbuild.1, v1.35.0-eksbuild.1, v5.0.0-eksbuild.1, 1.2.3, m5.large, cache.t3.small, db.t4g.large, vpc-0123456789abcdef1
sg-0123456789abcdef1, subnet-0123456789abcdef1, someone@example.com, v=DMARC1; p=none, http://proxy.example.com:3128
https://other.example.com/other, oci://registry.example.com/charts, registry.example.com/other:1.2.3, s3://other/other
registry.example.com/singularity:1.2.3, registry.example.com/other, ELBSecurityPolicy-Other, other==1.0, s3:GetObject
-Dio.netty.allocator.type=pooled -Xmx1g, 00000000-0000-4000-8000-000000000000, arn:aws:iam::123456789012:role/other
sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, arn:aws:iam::123456789012:user/other
arn:aws:iam::123456789012:policy/other, arn:aws:kms:eu-central-1:123456789012:key/2, arn:aws:sns:eu-central-1:123456789012:other
arn:aws:acm:eu-central-1:123456789012:certificate/2, arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/other/1`.split(
    /, |\n/,
  );

/** Every key of a value, which has its defaults, with other values that its JSON schema lets in. */
export function flipsOf(
  schema: Json,
  value: unknown,
  key = "",
  steps: Flip["steps"] = [],
): Flip[] {
  const shape = shapesOf(schema).find((one) => isLike(one, value)) ?? {};
  const named = mapOf(shape.properties);
  const own = { key, steps, values: othersOf(schema, value) };
  if (Array.isArray(value))
    return [
      own,
      // What a list has made goes with its entry.
      { ...own, values: [value.slice(1), value.slice(0, -1), []] },
      ...value.flatMap((one: unknown, at) =>
        isObject(one)
          ? flipsOf(shape.items as Json, one, `${key}[]`, [...steps, at])
          : [],
      ),
    ];
  if (!isObject(value)) return [own];
  const names = new Set([...Object.keys(named), ...Object.keys(value)]);
  const below = [...names].flatMap((name) =>
    flipsOf(
      (named[name] ?? shape.additionalProperties) as Json,
      value[name],
      key === "" ? name : `${key}.${name}`,
      [...steps, name],
    ),
  );
  return key === "" ? below : [own, ...below];
}

const mapOf = (value: unknown): Readonly<Record<string, Json>> =>
  (value ?? {}) as Readonly<Record<string, Json>>;

const shapesOf = (schema: Json): Json[] =>
  (schema.anyOf ?? schema.oneOf ?? [schema]) as Json[];

function isLike({ type, properties, ...one }: Json, value: unknown): boolean {
  if ("const" in one) return one.const === value;
  if (type !== "object") return (type === "array") === Array.isArray(value);
  return (
    isObject(value) &&
    Object.entries(mapOf(properties)).every(
      ([name, inner]) => !("const" in inner) || inner.const === value[name],
    )
  );
}

const othersOf = (schema: Json, value: unknown): unknown[] =>
  shapesOf(schema)
    .flatMap((one) => valuesOf(one, value))
    .concat(value === undefined ? [] : [undefined])
    .filter((one) => one !== value);

/** Values that a schema lets in, those near to the one that stands there first. */
function valuesOf(schema: Json, value: unknown): unknown[] {
  const { type, minimum = 1, additionalProperties: inner } = schema;
  if ("const" in schema) return [schema.const];
  if (schema.enum) return schema.enum as unknown[];
  if (type === "boolean") return [true, false];
  if (type === "string") return textsOf(schema, value);
  if (type === "array") {
    const list = (Array.isArray(value) ? value : []) as unknown[];
    const more = othersOf(mapOf(schema).items ?? {}, undefined);
    const news = more.filter((one) => !list.includes(one));
    return [...news.map((one) => [...list, one]), ...news.map((one) => [one])];
  }
  if (type === "object" && isObject(value) && isLike(schema, value)) {
    // Its own keys are flipped; a map of the operator's names gets one more.
    const [name = "a"] = textsOf(mapOf(schema).propertyNames ?? {}, "");
    return isObject(inner)
      ? valuesOf(inner, undefined).map((one) => ({ ...value, [name]: one }))
      : [];
  }
  if (type === "object")
    return [
      Object.fromEntries(
        ((schema.required ?? []) as string[]).map((name) => [
          name,
          othersOf(mapOf(schema.properties)[name] ?? {}, undefined)[0],
        ]),
      ),
    ];
  const from = Number(value ?? schema.default ?? minimum);
  return [1, -1, from, 30, 3000].map((by) => from + by);
}

/** With a number in it one more or less, or a letter more. */
function textsOf({ pattern = "" }: Json, value: unknown): string[] {
  const text = typeof value === "string" ? value : "";
  const near = [1, -1].flatMap((by) =>
    [...text.matchAll(/\d+/g)]
      .reverse()
      .map(
        ({ 0: digits, index }) =>
          `${text.slice(0, index)}${Math.max(0, Number(digits) + by)}${text.slice(index + digits.length)}`,
      ),
  );
  const longer = text === "" ? [] : [`${text}x`, `x${text}`, `${text}x/`];
  return [...near, ...longer, ...TEXTS].filter((one) =>
    new RegExp(String(pattern)).test(one),
  );
}
