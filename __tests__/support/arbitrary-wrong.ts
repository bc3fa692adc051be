import fc from "fast-check";
import { stringify } from "yaml";
import { arbitrarySettings } from "./arbitrary-settings";
import { currentInput, exampleInput, liteInput } from "./settings";

const EXAMPLES = [exampleInput(), currentInput(), liteInput()];

/** Keys that every object has, and others that are no key of ours. */
const oddKey = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "<<",
    "",
    "0",
    "-1",
    "kind",
    "a.b[0].c",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>(
    (inner, _, at) => (at % 2 === 0 ? [inner] : { a: inner }),
    "bottom",
  );

/** Values of every type, most of them wrong wherever they stand. */
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    ...[null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, NaN, Infinity],
    ...["", " ", "null", "\u0000", "\u202e", "${a}", "$" + "{Token[x]}", "%s"],
    ...["__proto__", "constructor", "10.0.0.0/99", "arn:aws:::", "@", "*"],
    ...[[], {}, [[]], [null], [{}], { kind: "s3" }, { kind: "constructor" }],
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc
    .tuple(
      fc.constantFrom(
        "a",
        "a.",
        "-",
        "@",
        "://",
        ":",
        "é",
        "\n",
        '"',
        "[",
        " ",
      ),
      fc.constantFrom(100, 5_000, 25_000),
    )
    .map(([text, times]) => text.repeat(times)),
  fc.nat(60).map(nested),
  oddKey.map((key) => Object.fromEntries([[key, 1]]) as unknown),
);

/** A key of its own of any name, `__proto__` too. */
const propertyOf = (key: string, value: unknown): PropertyDescriptorMap =>
  Object.fromEntries([
    [key, { value, enumerable: true, configurable: true, writable: true }],
  ]);

const change = fc.record({
  place: fc.nat(),
  how: fc.constantFrom("replace", "remove", "add"),
  key: oddKey,
  value: oddValue,
});

/** A valid file with up to four things replaced, removed or added at random places. */
export const mutatedSettings: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...EXAMPLES), arbitrarySettings),
    fc.array(change, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([input, changes, asJson]) => {
    const document = structuredClone(input) as Record<string, unknown>;
    for (const one of changes) mutate(document, one);
    return asJson ? JSON.stringify(document) : stringify(document);
  });

interface Change {
  readonly place: number;
  readonly how: string;
  readonly key: string;
  readonly value: unknown;
}

function mutate(document: object, { place, how, key, value }: Change): void {
  const places = placesIn(document);
  const [section, name] = places[place % places.length] ?? [document, "name"];
  const at = how === "add" ? key : name;
  if (how === "remove") Reflect.deleteProperty(section, at);
  else if (Array.isArray(section)) section[0] = value;
  else Object.defineProperties(section, propertyOf(at, value));
}

/** Every section and list with every key of it. */
function placesIn(section: object): [section: object, key: string][] {
  return Object.entries(section).flatMap(([key, value]: [string, unknown]) => [
    [section, key] as [object, string],
    ...(typeof value === "object" && value !== null ? placesIn(value) : []),
  ]);
}

/** Pieces of YAML that mean something, and bytes that mean nothing. */
const PIECES = [
  ...["&a", "*a", "<<: *a", "<<: [*a, 1]", "!!binary ", "!secret ", "---\n"],
  ...["...\n", "%YAML 1.1\n", "? ", ": ", "- ", "| \n", ">-\n", "\t", "#", "'"],
  ...['"', "[", "]", "{", "}", "{{ x }}", ",", "\u0000", "\uFEFF", "\r", "\\"],
  ...["\u2028", "0x1F", "1e999", "~", "&a [*a]", "__proto__: ", "? [a]\n: b\n"],
];

/** The text of an example with bytes flipped, cut off, doubled or put in. */
export const damagedText: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...EXAMPLES.map((input) => stringify(input))),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        how: fc.constantFrom("flip", "cut", "insert", "double", "drop"),
        byte: fc.nat(255),
        length: fc.nat(40),
        piece: fc.constantFrom(...PIECES),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([text, damages]) =>
    damages.reduce((bytes, { at, how, byte, length, piece }) => {
      const place = Math.floor(at * bytes.length);
      const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
      switch (how) {
        case "flip":
          return Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
        case "cut":
          return before;
        case "insert":
          return Buffer.concat([before, Buffer.from(piece), after]);
        case "double":
          return Buffer.concat([before, after.subarray(0, length), after]);
        default:
          return Buffer.concat([before, after.subarray(length)]);
      }
    }, Buffer.from(text)),
  );

/** Small texts that stand for much: levels, aliases, keys and lines without end. */
export const bomb: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("[", "{a: ", "- ", "? ", "a: [", "!x ", "&a ", "'", "]"),
      fc.constantFrom(50, 1_000, 8_000, 32_000, 60_000),
    )
    .map(([piece, times]) => piece.repeat(times)),
  fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }))
    .map(([levels, width]) =>
      Array.from({ length: levels }, (_, level) => {
        const below = level === 0 ? "x" : `*a${level - 1}`;
        const items = Array.from({ length: width }, () => below);
        return `k${level}: &a${level} [${items.join(", ")}]`;
      }).join("\n"),
    ),
  fc
    .constantFrom(10, 1_000, 3_500)
    .map((keys) =>
      Array.from({ length: keys }, (_, key) => `k${key}: 1`).join("\n"),
    ),
  fc.constantFrom(
    "a: &a {b: *a}",
    "a: &a [*a]",
    "name: &n wave\ntags: {<<: *n}",
    "<<: &a {<<: *a}",
    "x\n".repeat(16_000),
    "a: b: c\n".repeat(4_000),
  ),
);
