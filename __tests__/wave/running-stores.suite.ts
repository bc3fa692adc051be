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

describe("stores that are made of a snapshot", () => {
  const SNAPSHOT = "aws_db_snapshot";
  const REDIS = "aws_resourcegroupstaggingapi_resources";
  const past: SettingsChange = {
    data: {
      postgres: { restoreFrom: "wave-prod-past", engineVersion: "17.6" },
      redis: { restoreFrom: "automatic.wave-prod-redis-2026-01-31" },
    },
  };
  const stack = current(past);

  test("nothing is looked up where none is named", () => {
    expect(dataOf(current(), SNAPSHOT)).toEqual([]);
    expect(dataOf(current(), REDIS)).toEqual([]);
  });

  test("the snapshot is read where there is no database yet, so it may go afterwards", () => {
    const [running] = dataOf(stack, DATABASE);
    const [snapshot] = dataOf(stack, SNAPSHOT);
    expect(snapshot?.db_snapshot_identifier).toBe("wave-prod-past");
    expect(snapshot?.count).toBe(String(running?.count).replace("${", "${!"));
  });

  test("its state, engine, encryption, version and size are asked for, each with its own sentence", () => {
    const conditions = conditionsOf(stack, SNAPSHOT);
    for (const about of [
      "status",
      "engine",
      "encrypted",
      "engine_version",
      "allocated_storage",
    ])
      expect(
        conditions.filter(({ condition }) =>
          new RegExp(`self\\.${about}\\b`).test(condition),
        ),
      ).not.toEqual([]);
    for (const { error_message } of conditions)
      expect(error_message).toMatch(
        /^data\.postgres\.restoreFrom is wave-prod-past, .+/,
      );
  });

  test("what stands was made of it, by its tag", () => {
    const said = [
      ...conditionsOf(stack, DATABASE),
      ...conditionsOf(stack, REDIS),
    ].filter(({ condition }) => condition.includes('"RestoredFrom"'));
    expect(said.map(({ error_message }) => error_message)).toEqual([
      expect.stringMatching(/^data\.postgres\.restoreFrom is .+ stands /),
      expect.stringMatching(/^data\.redis\.restoreFrom is .+ stands /),
    ]);
    expect(dataOf(stack, REDIS)).toMatchObject([
      { tag_filter: [{ key: "Name", values: ["wave-prod-redis"] }] },
    ]);
  });

  test("the database gets snapshot and tag, and is not made before their keys are compared", () => {
    const { data = {} } = synthApp(currentSettings(past));
    const instance = onlyResource(data, DATABASE);
    const key = onlyResource(data, "aws_elasticache_replication_group");
    expect(instance).toMatchObject({
      snapshot_identifier: "wave-prod-past",
      tags: { RestoredFrom: "wave-prod-past" },
      lifecycle: {
        ignore_changes: ["snapshot_identifier", 'tags["RestoredFrom"]'],
      },
    });
    const { precondition } = instance.lifecycle as {
      precondition: { condition: string }[];
    };
    expect(precondition[0]?.condition).toMatch(
      new RegExp(
        `^\\$\\{alltrue\\(\\[for key in data\\.\\S+\\[\\*\\]\\.kms_key_id : key == ${String(instance.kms_key_id).slice(2, -1)}\\]\\)\\}$`,
      ),
    );
    expect(key).toMatchObject({
      snapshot_name: "automatic.wave-prod-redis-2026-01-31",
      lifecycle: { ignore_changes: ["snapshot_name", 'tags["RestoredFrom"]'] },
    });
  });
});
