import { existsSync, readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { synthesizeTraced } from "../report/synth";
import { endOf } from "../../../modules/core/versions/support";
import { type Figure, type Measured, perEnvironment } from "./figure";

type All = readonly Measured[];

/** FIG-11: the same bytes twice, and addresses that a ledger keeps. */
export function repeatFigure(all: All): Figure {
  const same = all.filter(
    ({ settings, synthesized: { texts } }) =>
      JSON.stringify(synthesizeTraced(settings).texts) ===
      JSON.stringify(texts),
  ).length;
  const ledgers = all.map((one) => [one, ledgerOf(one.name)] as const);
  const lost = ledgers.flatMap(([{ graph }, ledger = []]) => {
    const now = graph.subjects.map(
      ({ stack, address }) => `${stack} ${address}`,
    );
    return ledger.filter((line) => !now.includes(line));
  }).length;
  const lines = ledgers.flatMap(([, ledger = []]) => ledger).length;
  return {
    id: "FIG-11",
    what: "two synths with the same bytes; addresses of the ledger that are there",
    target: "all; all, or moved",
    value: `${same} of ${all.length}; ${lines - lost} of ${lines}`,
    met: same === all.length && lost === 0 && lines > 0,
  };
}

/** Lines of an example's ledger, such as `network aws_vpc.vpc`. */
function ledgerOf(name: string): string[] | undefined {
  const file = projectFile("__tests__", "golden", name, "addresses.txt");
  return existsSync(file)
    ? readFileSync(file, "utf8").trim().split("\n")
    : undefined;
}

/** FIG-12: objects as typed resources, and nothing that stops a scanner. */
export function typedFigure(all: All): Figure {
  const objects = all
    .flatMap(({ graph }) => graph.subjects)
    .filter(({ type }) => type.startsWith("kubernetes_"));
  const untyped = objects.filter(
    ({ type }) => type === "kubernetes_manifest",
  ).length;
  const versions = all
    .flatMap(({ synthesized: { stacks } }) => Object.values(stacks))
    .filter(
      ({ terraform = {} }) => terraform.required_version !== undefined,
    ).length;
  return {
    id: "FIG-12",
    what: "Kubernetes objects as typed resources; required_version in the JSON",
    target: "all; 0",
    value: `${objects.length - untyped} of ${objects.length}; ${versions}`,
    met: untyped === 0 && versions === 0,
  };
}

/** FIG-14: days of standard support that the Kubernetes minor has left. */
export function supportFigure(all: All, today: string): Figure {
  const daysOf = ({ settings }: Measured): number => {
    const end = endOf("Amazon EKS", settings.cluster.version);
    return end === undefined
      ? 0
      : (Date.parse(end) - Date.parse(today)) / 86_400_000;
  };
  return {
    id: "FIG-14",
    what: `days of standard support for Kubernetes from ${today}`,
    target: "≥ 60",
    value: perEnvironment(
      all,
      (one) => `${daysOf(one)} (${one.settings.cluster.version})`,
    ),
    met: all.every((one) => daysOf(one) >= 60),
  };
}
