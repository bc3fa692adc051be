/**
 * Notes what was looked at. The schemas accept unknown fields and the API server's strict validation does not; a
 * validator looks at every field it knows, so what is left unseen is unknown.
 */
function watch(value: unknown, path: string, unseen: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const key of Object.keys(value)) unseen.add(`${path}/${key}`);
  const children = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key) {
      if (!Object.hasOwn(target, key))
        return Reflect.get(target, key) as unknown;
      const at = `${path}/${String(key)}`;
      unseen.delete(at);
      if (!children.has(key))
        children.set(key, watch(Reflect.get(target, key), at, unseen));
      return children.get(key);
    },
  });
}

/** What kubernetes-models throws for an invalid object. */
interface Invalid {
  readonly errors?: readonly { instancePath: string; message: string }[];
}

interface Model {
  readonly prototype: { validate: () => void };
}

function problemsOf(object: unknown): string[] {
  const { apiVersion, kind } = object as { apiVersion: string; kind: string };
  const models = jest.requireActual<Record<string, Model>>(
    `kubernetes-models/${apiVersion}/${kind}`,
  );
  const model = models[kind];
  if (model === undefined) throw new Error(`No schema of ${kind}.`);
  const unseen = new Set<string>();
  const problems: string[] = [];
  try {
    model.prototype.validate.call(watch(object, "", unseen));
  } catch (error) {
    const { errors } = error as Invalid;
    if (errors === undefined) throw error;
    for (const { instancePath, message } of errors)
      problems.push(`${instancePath} ${message}`);
  }
  for (const path of unseen) problems.push(`${path} is unknown`);
  return problems;
}

/** What the published schemas, read strictly, say of each object: a list of problems, empty when it is valid. */
export function schemaProblems(objects: readonly unknown[]): string[][] {
  // Through JSON, as it would reach the API.
  return (JSON.parse(JSON.stringify(objects)) as unknown[]).map(problemsOf);
}
