import { type Graph, type Json, ofType } from "./graph";
import { POD_TYPES, containersOf, nameOf, namespaceOf } from "./pods";
import { at, first } from "./reading";

type Texts = readonly (readonly [owner: string, text: string])[];

/** An address whose scheme has no TLS. */
const PLAIN = /\b(http|redis|ldap|smtp|ftp|amqp):\/\/([\w.-]+)/g;

/** An address of a database, as its driver writes it, with what it asks of TLS. */
const DATABASE =
  /\b(?:jdbc:(\w+)|(postgres(?:ql)?)(?:\+\w+)?):\/\/[^\n]*?[?&]ssl(?:mode)?=([\w-]+)/g;

/** Addresses without TLS, or without a check, in settings, Secrets, variables, arguments and values. */
export function addressHops(graph: Graph): string[] {
  const texts = [
    ...dataTexts(graph, "kubernetes_config_map_v1", "data"),
    ...podTexts(graph),
    ...chartTexts(graph),
  ];
  return [
    ...texts.flatMap(([owner, text]) =>
      [...text.matchAll(PLAIN)].map(
        ([, scheme = "", host = ""]) => `${owner} to ${host}: ${scheme}`,
      ),
    ),
    ...unchecked([
      ...texts,
      ...dataTexts(graph, "kubernetes_secret_v1", "data_wo"),
      ...psqlTexts(graph),
    ]),
  ];
}

/** Databases whose certificate nobody checks. */
const unchecked = (texts: Texts): string[] =>
  texts.flatMap(([owner, text]) =>
    [...text.matchAll(DATABASE)]
      .filter(([, , , mode]) => mode !== "verify-full")
      .map(
        ([, jdbc, plain = "", mode = ""]) =>
          `${owner} to ${jdbc ?? plain}: sslmode=${mode}`,
      ),
  );

const dataTexts = (graph: Graph, type: string, key: string): Texts =>
  ofType(graph, type).flatMap((one) =>
    at(one.body, key)
      .flatMap((data) => Object.values(data as Json))
      .map((text) => [`${namespaceOf(one)}/${nameOf(one)}`, String(text)]),
  );

const podTexts = (graph: Graph): Texts =>
  ofType(graph, ...POD_TYPES).flatMap((pod) =>
    containersOf(pod)
      .flatMap((one) => [
        ...at(one, "env.value"),
        ...at(one, "args"),
        ...at(one, "command"),
      ])
      .map((text) => [`${namespaceOf(pod)}/${nameOf(pod)}`, String(text)]),
  );

/** What psql is told by a variable, as an address would say it. */
const psqlTexts = (graph: Graph): Texts =>
  ofType(graph, ...POD_TYPES).flatMap((pod) =>
    containersOf(pod)
      .flatMap((one) => at(one, "env"))
      .filter((variable) => first(variable, "name") === "PGSSLMODE")
      .map((variable) => [
        `${namespaceOf(pod)}/${nameOf(pod)}`,
        `postgresql://?sslmode=${String(first(variable, "value"))}`,
      ]),
  );

const chartTexts = (graph: Graph): Texts =>
  ofType(graph, "helm_release").flatMap(({ body }) =>
    at(body, "values").map((text) => [
      `chart ${String(body.name)}`,
      String(text),
    ]),
  );
