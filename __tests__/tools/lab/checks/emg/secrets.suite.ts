import {
  expectedKeys,
  wrongLines,
  wrongValues,
} from "../../../../../tools/lab/checks/emg/secrets";
import { accepts } from "../../../../../tools/lab/checks/emg/htpasswd";
import { emgLine } from "./support";

const letters = (count: number, letter = "a"): string => letter.repeat(count);
const database = letters(40);
const django = letters(64, "d");
const cookie = letters(32, "c");

const values = (change: Record<string, Record<string, string>> = {}) => ({
  "emgapi-secret": {
    DATABASE_URL: `postgres://emgapi:${database}@db:5432/emgapi?sslmode=require`,
    DJANGO_SECRET_KEY: django,
  },
  "prefect-server-secret": {
    PREFECT_API_DATABASE_CONNECTION_URL: `postgresql+asyncpg://prefect:${database}@db:5432/prefect?ssl=require`,
  },
  "emg-db-init": {
    PGPASSWORD: database,
    POSTGRES_APP_PASSWORD: database,
    POSTGRES_PREFECT_PASSWORD: database,
  },
  "oauth2-proxy-cookie-secret": { "oauth2-proxy-cookie-secret": cookie },
  ...change,
});
const kept = [database, django, cookie];

test("values of the right form, with passwords that are kept, are right", () => {
  expect(wrongValues(values(), kept, "db")).toEqual([]);
});

test.each([
  [
    "a connection without TLS",
    {
      "prefect-server-secret": {
        PREFECT_API_DATABASE_CONNECTION_URL: `postgresql+asyncpg://prefect:${database}@db:5432/prefect`,
      },
    },
    "PREFECT_API_DATABASE_CONNECTION_URL has another form",
  ],
  [
    "a key of another length",
    {
      "oauth2-proxy-cookie-secret": { "oauth2-proxy-cookie-secret": database },
    },
    "oauth2-proxy-cookie-secret has another form",
  ],
  [
    "an old password",
    {
      "oauth2-proxy-cookie-secret": {
        "oauth2-proxy-cookie-secret": letters(32, "x"),
      },
    },
    "oauth2-proxy-cookie-secret has a password that is kept nowhere",
  ],
])("%s is told", (_what, change, problem) => {
  expect(wrongValues(values(change), kept, "db")).toEqual([problem]);
});

test("without the API, and with one password for all, there are fewer Secrets", () => {
  const alone = emgLine({
    emg: {
      api: null,
      auth: {
        mode: "prefect-basic",
        githubOrg: null,
        githubSecret: null,
        workers: null,
      },
    },
  });
  expect(expectedKeys(alone)).toEqual([
    "prefect-server-secret: PREFECT_API_DATABASE_CONNECTION_URL PREFECT_SERVER_API_AUTH_STRING",
    "emg-db-init: PGHOST PGPASSWORD PGPORT PGUSER POSTGRES_PREFECT_PASSWORD POSTGRES_PREFECT_USER",
  ]);
});

// Of the passwords `pw` and `lab`.
const CODON = "$2a$05$abcdefghijklmnopqrstuuHIrMEWpUCQe2YqFR3sXwQ75u4od..9q";
const HL = "$2a$05$abcdefghijklmnopqrstuup1vlAAUDMpgzvqmIu/m0vJZ3muqfVsK";
const lines = `codon:${CODON}\nhl:${HL}`;

(accepts("pw", CODON) === undefined ? test.skip : test)(
  "each worker has its own password",
  () => {
    expect(wrongLines(lines, { codon: "pw", hl: "lab" })).toEqual([]);
    expect(wrongLines(lines, { codon: "pw" })).toEqual([
      "hl is not on the list",
    ]);
    expect(wrongLines(`codon:${CODON}`, { codon: "pw", hl: "lab" })).toEqual([
      "hl has no line",
    ]);
    expect(wrongLines(lines, { codon: "pw", hl: "pw" })).toEqual([
      "the password of hl is taken for codon",
      "the password of hl is refused for hl",
    ]);
  },
);
