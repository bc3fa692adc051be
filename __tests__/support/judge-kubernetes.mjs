// Judges Kubernetes objects by the published schemas, in a process of its own: kubernetes-models is made of ECMAScript
// modules, which jest cannot load. Reads a JSON list of objects from stdin; prints, as JSON, one list of problems each.
import { readFileSync } from "node:fs";

/**
 * The schemas accept unknown fields and the API server's strict validation does not. A validator looks at every field
 * it knows, so this notes what was looked at: the rest is unknown.
 */
function watch(value, path, unseen) {
  if (typeof value !== "object" || value === null) return value;
  for (const key of Object.keys(value)) unseen.add(`${path}/${key}`);
  const children = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (!Object.hasOwn(target, key)) return Reflect.get(target, key);
      unseen.delete(`${path}/${String(key)}`);
      if (!children.has(key))
        children.set(key, watch(target[key], `${path}/${String(key)}`, unseen));
      return children.get(key);
    },
  });
}

async function problemsOf(object) {
  const { apiVersion, kind } = object;
  const module = await import(`kubernetes-models/${apiVersion}/${kind}`);
  const unseen = new Set();
  const problems = [];
  try {
    module[kind].prototype.validate.call(watch(object, "", unseen));
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    for (const { instancePath, message } of error.errors)
      problems.push(`${instancePath} ${message}`);
  }
  for (const path of unseen) problems.push(`${path} is unknown`);
  return problems;
}

const objects = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(await Promise.all(objects.map(problemsOf))));
