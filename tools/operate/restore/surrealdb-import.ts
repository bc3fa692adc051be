/** Names that Wave uses. */
const PLACE = {
  NS: "seqera",
  DB: "wave",
  "surreal-ns": "seqera",
  "surreal-db": "wave",
};

interface Answer {
  readonly status?: string;
  readonly result?: unknown;
}

/**
 * Removes every table and imports an export. A table that came after the export goes too; users stay, for they are not tables.
 *
 * @param address Of SurrealDB's HTTP, such as `http://127.0.0.1:8000`.
 * @throws Error when SurrealDB refuses a statement.
 */
export async function importInto(
  address: string,
  {
    password,
    statements,
    say,
  }: {
    readonly password: string;
    readonly statements: string;
    readonly say: (text: string) => void;
  },
): Promise<void> {
  const ask = (path: string, body: string): Promise<Answer[]> =>
    post(`${address}${path}`, password, body);
  const tables = tablesIn(await ask("/sql", "INFO FOR DB;"));
  if (tables.length > 0)
    await ask(
      "/sql",
      tables.map((table) => `REMOVE TABLE \`${table}\`;`).join("\n"),
    );
  say(`${tables.length} tables removed`);
  await ask("/import", statements);
  const after = tablesIn(await ask("/sql", "INFO FOR DB;"));
  if (after.length === 0 && /^(DEFINE TABLE|UPDATE|INSERT)/m.test(statements))
    throw new Error("SurrealDB has no table after the import.");
  say(`${after.length} tables imported`);
}

async function post(
  url: string,
  password: string,
  body: string,
): Promise<Answer[]> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      ...PLACE,
      accept: "application/json",
      authorization: `Basic ${Buffer.from(`root:${password}`).toString("base64")}`,
    },
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`SurrealDB answered ${response.status}: ${start(text)}`);
  const answers = JSON.parse(text) as Answer[];
  const bad = answers.find(({ status }) => status !== "OK");
  if (bad)
    throw new Error(`SurrealDB refused a statement: ${start(bad.result)}`);
  return answers;
}

/** No more than a line: a result may hold what Wave has stored. */
const start = (value: unknown): string =>
  (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);

/** Version 1 says `tables`; releases before 1.1 `tb`. */
function tablesIn([answer]: readonly Answer[]): string[] {
  const { tables, tb } = (answer?.result ?? {}) as Record<
    "tables" | "tb",
    object | undefined
  >;
  return Object.keys(tables ?? tb ?? {});
}
