import { javaNonProxyHosts } from "../../lib/java-proxy";
import { proxyOf } from "../../core/proxy";
import { type WaveEnvironment } from "../release/release";
import { SURREAL_NAME } from "../objects/surrealdb";
import { type Section } from "./section";

/** Loopback as Java writes it: its own default for this ends with a list of ours. */
const LOOPBACK = ["127.*", "[::1]"];

/**
 * Options that tell the JVM of the proxy: those of its own HTTP client, of the AWS SDK and of the Kubernetes client. Empty
 * without `network.proxy`.
 */
export function proxyOptions(settings: WaveEnvironment): string[] {
  const proxy = proxyOf(settings);
  if (proxy === undefined) return [];
  const direct = javaNonProxyHosts([
    ...LOOPBACK,
    ...proxy.noProxy,
    SURREAL_NAME,
  ]);
  return ["http", "https"]
    .flatMap((scheme) => [
      `-D${scheme}.proxyHost=${proxy.host}`,
      `-D${scheme}.proxyPort=${proxy.port}`,
    ])
    .concat(`-Dhttp.nonProxyHosts=${direct}`);
}

/** Micronaut's clients, which stream large layers among others, look at those options only when they are told so. */
export function proxySection(settings: WaveEnvironment): Section | undefined {
  if (settings.network.proxy === undefined) return undefined;
  const client = { "proxy-selector": "default" };
  return {
    micronaut: { http: { client, services: { "stream-client": client } } },
  };
}
