import {
  UNVERIFIED,
  priceOf,
  readPriceList,
} from "../../../../tools/operate/cost/price-list";

const list = readPriceList();

const every = Object.entries(list.prices).flatMap(
  ([key, { unit, ...places }]) =>
    Object.entries(places).map(([region, price]) => ({
      name: `${key} in ${region}`,
      price: price as [number, string],
      unit,
    })),
);

test("every price has a source with page and date, or is unverified", () => {
  const lost = every.filter(
    ({ price: [, source] }) =>
      source !== UNVERIFIED && list.sources[source] === undefined,
  );
  expect(lost).toEqual([]);
  expect(every.length).toBeGreaterThan(50);
});

test("no source was read in the future", () => {
  const today = new Date().toISOString().slice(0, 10);
  for (const { read } of Object.values(list.sources))
    expect(read <= today).toBe(true);
});

test("no source is without a price", () => {
  const named = new Set(every.map(({ price: [, source] }) => source));
  expect(Object.keys(list.sources).filter((name) => !named.has(name))).toEqual(
    [],
  );
});

test("a price of the region comes before one that holds everywhere", () => {
  const own = readPriceList(`
sources: {}
prices:
  thing: { unit: month, everywhere: [1, unverified], eu-west-1: [2, unverified] }
`);
  expect(priceOf(own, "thing", "eu-west-1")?.amount).toBe(2);
  expect(priceOf(own, "thing", "us-east-1")?.amount).toBe(1);
  expect(priceOf(own, "other", "us-east-1")).toBeUndefined();
});

test("fails for a price without a source, and for a source without a day", () => {
  expect(() =>
    readPriceList("{ sources: {}, prices: { a: { unit: month, x: 1 } } }"),
  ).toThrow();
  expect(() =>
    readPriceList(
      "{ sources: { a: { page: 'https://a.example', read: soon, what: x } }, prices: {} }",
    ),
  ).toThrow(/read/);
});
