import { type IncomingMessage } from "node:http";
import { type Call } from "./services/call";

/** A request as the handlers of the services see it. */
export async function readCall(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? "/", "http://lab");
  return {
    ...signatureOf(incoming, url),
    method: incoming.method ?? "GET",
    path: url.pathname.replace(/(.)\/+$/, "$1"),
    query: url.searchParams,
    body,
    action: actionOf(incoming, url, body),
    params: {},
  };
}

/** The credential scope: `<key>/<date>/<region>/<service>/aws4_request`. */
function signatureOf(
  incoming: IncomingMessage,
  url: URL,
): Pick<Call, "service" | "accessKey"> {
  const credential =
    /Credential=([^,\s]+)/.exec(incoming.headers.authorization ?? "")?.[1] ??
    url.searchParams.get("X-Amz-Credential") ??
    "";
  const parts = credential.split("/");
  return { service: parts.at(-2) ?? "unsigned", accessKey: parts[0] };
}

function actionOf(
  incoming: IncomingMessage,
  url: URL,
  body: Buffer,
): string | undefined {
  const target = incoming.headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  const isForm = incoming.headers["content-type"]?.startsWith(
    "application/x-www-form-urlencoded",
  );
  const form = isForm ? new URLSearchParams(body.toString("utf8")) : undefined;
  return form?.get("Action") ?? url.searchParams.get("Action") ?? undefined;
}
