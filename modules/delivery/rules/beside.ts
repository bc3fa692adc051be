import { type PlatformFacts } from "../../core/facts";
import { type Problem } from "../../lib/problem";
import { when } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";
import { patternProblems } from "./services";

const others = (facts: readonly PlatformFacts[]) =>
  facts.filter(({ platform }) => platform !== "delivery");

/** What the platform may not do to the others of its cluster. */
export function besideProblems(
  { delivery: { flux, services } }: DeliverySettings,
  facts: readonly PlatformFacts[],
): Problem[] {
  const beside = others(facts).map(({ platform }) => platform);
  return [
    ...when(
      flux?.scope === "cluster" &&
        !flux.acceptClusterAdmin &&
        beside.length > 0,
      () => ({
        path: "delivery.flux.scope",
        given: `cluster, beside ${beside.join(" and ")}`,
        allowed: "namespaces; cluster with acceptClusterAdmin: true",
        fix: "remove it; or add acceptClusterAdmin: true: who may write to the repository then has the secrets of the other platforms too",
      }),
    ),
    ...services.flatMap(({ role }, index) =>
      role === undefined || role.subjects === "namespaces"
        ? []
        : patternProblems(
            `delivery.services[${index}].role`,
            role.subjects.namespacePattern,
            others(facts).flatMap(({ namespaces }) => namespaces),
          ),
    ),
  ];
}

/** An exact record wins over the wildcard. */
export const besideWarnings = (
  { delivery: { domain, dns } }: DeliverySettings,
  facts: readonly PlatformFacts[],
): string[] =>
  dns.owner === "none"
    ? []
    : others(facts)
        .flatMap(({ hosts }) => hosts)
        .filter(({ name }) => name.replace(/^[^.]+\./, "") === domain)
        .map(
          ({ path, name }) =>
            `${path} is ${name}, right below delivery.domain: its own record wins over *.${domain}, and no service can have this name.`,
        );
