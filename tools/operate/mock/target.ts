import { type DeliverySettings } from "../../../modules/delivery/settings/schema";
import { storeArn } from "../../../modules/delivery/store-arn";
import { ProblemReport } from "../../../modules/lib/problem";
import { mockSettings } from "../../../modules/mock-app";

/** `127.0.0.0/8`, `::1` and the name of both. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks where the mock is to be made: on this machine, or on a host that was named on purpose, and never in AWS.
 *
 * @param endpoint `AWS_ENDPOINT_URL`.
 * @param host Host that `--host=` names.
 * @throws ProblemReport for another host, one of AWS, and what is no address.
 */
export function checkEndpoint(endpoint: string, host?: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw refused(endpoint, "set it to http://127.0.0.1:4566");
  const { hostname } = url;
  if (/(^|\.)(amazonaws\.com(\.cn)?|api\.aws)\.?$/.test(hostname))
    throw refused(
      endpoint,
      "the mock is no way to deploy: npx cdktf deploy is",
    );
  if (!LOOPBACK.test(hostname) && hostname !== host)
    throw refused(endpoint, `npm run mock -- --host=${hostname}`);
}

const refused = (given: string, fix: string): ProblemReport =>
  new ProblemReport("npm run mock", [
    {
      path: "environment variable AWS_ENDPOINT_URL",
      given,
      allowed:
        "an emulator on this machine, such as http://127.0.0.1:4566, or on the host that --host names",
      fix,
    },
  ]);

/** Names of the settings and ARNs of the mock, a line for each store. */
export function storeLines(settings: DeliverySettings): string[] {
  const { buckets, tables, queues, topics } = settings.delivery.stores;
  const lines = Object.entries({
    bucket: buckets,
    table: tables,
    queue: queues,
    topic: topics,
  }).flatMap(([kind, stores]) => stores.map(({ name }) => `${kind}/${name}`));
  return lines.map(
    (store) => `${store.padEnd(30)} ${storeArn(mockSettings(settings), store)}`,
  );
}
