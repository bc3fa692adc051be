import { runningStoreExpectations } from "../../modules/wave/running-stores";
import { conditionsOf, dataOf, preflightOf } from "../support/preflight";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../support/settings";
import { onlyResource, synthApp } from "../support/synth";

const current = (change: SettingsChange = {}) =>
  preflightOf(runningStoreExpectations(currentSettings(change)));
const SECRETS = "aws_secretsmanager_secrets";
const DATABASE = "aws_db_instance";

test("a password of Redis is not taken off; with one, and before there is one, nothing is refused", () => {
  const off = preflightOf(
    runningStoreExpectations(
      exampleSettings({ data: { redis: { auth: false } } }),
    ),
  );
  const [refusal] = conditionsOf(off, SECRETS);
  expect(refusal?.condition).toContain('"^wave-prod-redis-[0-9a-f]{26}$"');
  expect(refusal?.condition).toMatch(/== 0}$/);
  expect(refusal?.error_message).toMatch(/^data\.redis\.auth is off/);
  expect(dataOf(current(), SECRETS)).toEqual([]);
});

test("the names that are looked for are those of the stores", () => {
  const { data } = synthApp(currentSettings());
  const names = Object.values(
    data?.resource?.aws_secretsmanager_secret ?? {},
  ).map(({ name_prefix }) => name_prefix);
  const [off] = dataOf(current({ data: { redis: { auth: false } } }), SECRETS);
  const [filter] = off?.filter as { values: string[] }[];
  expect(names).toEqual(expect.arrayContaining(filter?.values ?? ["?"]));
  expect(dataOf(current(), DATABASE)).toMatchObject([
    {
      db_instance_identifier: onlyResource(data ?? {}, DATABASE).identifier,
      count: expect.stringContaining(".instance_identifiers, ") as unknown,
    },
  ]);
});

test("PostgreSQL goes back neither to a major nor to a minor, and does not shrink", () => {
  const texts = (change: SettingsChange) =>
    conditionsOf(current(change), DATABASE).map(({ condition }) => condition);
  expect(texts({})).toEqual([
    '${tonumber(split(".", self.engine_version)[0]) <= 17}',
  ]);
  const postgres = {
    engineVersion: "17.6",
    storageGiB: 50,
    maxStorageGiB: 50,
  };
  expect(texts({ data: { postgres } })).toEqual([
    '${tonumber(split(".", self.engine_version)[0]) <= 17}',
    '${tonumber(split(".", self.engine_version)[0]) != 17 || tonumber(split(".", self.engine_version)[1]) <= 6}',
    "${self.allocated_storage <= 50}",
  ]);
  for (const { error_message } of conditionsOf(
    current({ data: { postgres } }),
    DATABASE,
  ))
    expect(error_message).toMatch(
      /^data\.postgres\.(engineVersion|storageGiB) is/,
    );
});

test("the classic line has no database to look at", () => {
  const stack = preflightOf(runningStoreExpectations(exampleSettings()));
  expect(dataOf(stack, "aws_db_instances")).toEqual([]);
});
