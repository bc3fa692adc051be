import findMyWay, { type HTTPMethod } from "find-my-way";
import { type Call, type Operation } from "./services/call";

/** An operation, and the call with the parameters of its route filled in. */
export interface Found {
  readonly operation: Operation;
  readonly call: Call;
}

/** Operations of one method and path: those that want a query parameter, and at most one that wants none. */
type Candidates = { operation: Operation; flag: string | undefined }[];

/** How the operations of one service are found: by method, path and query where they have a route, others by name. */
export function createRouter(
  operations: readonly Operation[],
): (call: Call) => Found | undefined {
  // ARNs are longer than what the router takes by itself.
  const router = findMyWay({ maxParamLength: 2048 });
  const byRoute = new Map<string, Candidates>();
  for (const operation of operations) {
    if (operation.route === undefined) continue;
    const [path = "", flag] = operation.route.split("?");
    const known = byRoute.get(path);
    known?.push({ operation, flag });
    if (known) continue;
    const candidates: Candidates = [{ operation, flag }];
    byRoute.set(path, candidates);
    const [method = "", target = ""] = path.split(" ");
    router.on(method as HTTPMethod, patternOf(target), () => undefined, {
      candidates,
    });
  }
  return (call) => {
    const named = operations.find(
      ({ route, name }) => route === undefined && name === call.action,
    );
    if (named) return { operation: named, call };
    const found = router.find(call.method as HTTPMethod, call.path);
    const { candidates } = (found?.store ?? { candidates: [] }) as {
      candidates: Candidates;
    };
    const chosen = candidates.find(
      ({ flag }) => flag === undefined || call.query.has(flag),
    );
    if (!found || !chosen) return undefined;
    return {
      operation: chosen.operation,
      call: { ...call, params: paramsOf(found.params, chosen.operation) },
    };
  };
}

/** `/tags/{arn+}` of AWS → `/tags/*` of the router, `/clusters/{name}` → `/clusters/:name`. */
const patternOf = (path: string): string =>
  path.replace(/\{\w+\+\}$/, "*").replace(/\{(\w+)\}/g, ":$1");

function paramsOf(
  { "*": rest, ...params }: Record<string, string | undefined>,
  { route = "" }: Operation,
): Call["params"] {
  const name = /\{(\w+)\+\}$/.exec(route)?.[1];
  return {
    ...(params as Call["params"]),
    ...(name !== undefined && rest !== undefined && { [name]: rest }),
  };
}
