import { randomBytes } from "node:crypto";
import { type StackJson } from "../../audit/graph";
import { first } from "../../audit/reading";
import { type ValueOf } from "./expressions";

/** What the references of a stack stand for in a twin run. */
export interface Twin {
  /** Port of PostgreSQL, on the loopback address. */
  readonly postgresPort: number;
  /** Values of secrets, by what they are read from; filled as they are asked for. */
  readonly secrets: Map<string, string>;
}

/** Fields that operators give their secrets. */
const OPERATOR = {
  clientId: "Iv1.twin",
  clientSecret: "twin-client-secret",
  username: "emg_master",
  password: "twin-operator-password",
};

const SECRET = "aws_secretsmanager_secret_version";

/** Values as AWS would give them: passwords of the length that the stack asks for, and the database on this machine. */
export function valuesOf(stack: StackJson, twin: Twin): ValueOf {
  return (reference) => {
    const [block = "", name = "", attribute = ""] = reference
      .replace(/^(ephemeral|data)\./, "")
      .split(".");
    if (reference.startsWith(`ephemeral.${SECRET}.`))
      return secretOf(stack, name, twin.secrets);
    if (block === "aws_db_instance" && attribute === "address")
      return "127.0.0.1";
    if (block === "aws_db_instance" && attribute === "port")
      return twin.postgresPort;
    if (attribute === "versions") return [];
    return `unknown:${reference}`;
  };
}

function secretOf(
  stack: StackJson,
  name: string,
  secrets: Map<string, string>,
): string {
  const id = String(stack.ephemeral?.[SECRET]?.[name]?.secret_id);
  const known = secrets.get(id);
  if (known !== undefined) return known;
  const value = madeBy(stack, id) ?? JSON.stringify(OPERATOR);
  secrets.set(id, value);
  return value;
}

/** A password of the length that the stack generates; undefined for a secret of the operator. */
function madeBy(stack: StackJson, id: string): string | undefined {
  const version = new RegExp(`${SECRET}\\.([\\w-]+)`).exec(id)?.[1];
  if (version === undefined) return undefined;
  const source = stack.resource?.[SECRET]?.[version]?.secret_string_wo;
  const generator = /random_password\.([\w-]+)/.exec(String(source))?.[1] ?? "";
  const length = first(
    stack.ephemeral?.aws_secretsmanager_random_password?.[generator],
    "password_length",
  );
  return randomBytes(256)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "")
    .slice(0, Number(length));
}
