import { type Place, leaks } from "../../../../tools/lab/checks/passwords";

const redis = { name: "redis", value: "redis-password", inState: true };
const database = { name: "database", value: "db-password", inState: false };

const place = (name: string, isState: boolean): Place => ({
  name,
  text: `{"a": "${redis.value}", "b": "${database.value}"}`,
  isState,
});

test("EXC-16: only the password of Redis may be in a state, and in nothing else", () => {
  expect(
    leaks(
      [redis, database],
      [place("state of data", true), place("deploy.log", false)],
    ),
  ).toEqual([
    "redis in deploy.log",
    "database in state of data",
    "database in deploy.log",
  ]);
});

test("a place without passwords leaks none", () => {
  const clean = { name: "outputs", text: "{}", isState: false };
  expect(leaks([redis, database], [clean])).toEqual([]);
});
