import { hasBuilds } from "../../../modules/wave/release/line";
import { failuresOf } from "../judge";
import { reconcile } from "../exceptions";
import { ofType } from "../graph";
import { SERVER_TYPES } from "../pods";
import { cisCounts, cisVerdicts } from "../report/cis";
import { secretsTable } from "../report/secrets";
import { rules } from "../rules";
import { type Figure, type Measured, perEnvironment } from "./figure";

type All = readonly Measured[];

/** FIG-01: rules, and what they find outside of the register. */
export function ruleFigure(all: All): Figure {
  const named = rules.filter(({ foreign }) => foreign.length > 0).length;
  const results = all.map(({ findings, covers }) =>
    reconcile(failuresOf(findings), covers),
  );
  const missing = results.flatMap((one) => one.missing).length;
  const sizes = results.map(({ used }) => used.length);
  return {
    id: "FIG-01",
    what: "rules with names of scanners or benchmarks; failures outside of the register; entries used",
    target: "≥ 90; 0; ≤ 15",
    value: `${named} of ${rules.length}; ${missing}; ${perEnvironment(all, (one) => sizes[all.indexOf(one)] ?? 0)}`,
    met: named >= 90 && missing === 0 && sizes.every((size) => size <= 15),
  };
}

/** FIG-03: pods, rights in the cluster and tokens. */
export function podFigure(all: All): Figure {
  const broken = (one: Measured, pattern: RegExp): string[] =>
    failuresOf(one.findings)
      .filter(({ rule }) => pattern.test(rule.id))
      .map(({ subject }) => subject.path);
  const count = (countOf: (one: Measured) => number): number =>
    all.reduce((sum, one) => sum + countOf(one), 0);
  const pods = count(({ graph }) => ofType(graph, ...SERVER_TYPES).length);
  const loose = count((one) => {
    const paths = broken(one, /^SEC-B48\//);
    return ofType(one.graph, ...SERVER_TYPES).filter(({ path }) =>
      paths.includes(path),
    ).length;
  });
  const wildcards = count((one) => broken(one, /no-wildcard-/).length);
  const clusterRoles = count(
    ({ graph }) => ofType(graph, "kubernetes_cluster_role_v1").length,
  );
  const tokens = count((one) => broken(one, /needed-token$/).length);
  return {
    id: "FIG-03",
    what: "long-running pods restricted; wildcard RBAC; ClusterRoles for Wave; needless tokens",
    target: "all; 0; 0; 0",
    value: `${pods - loose} of ${pods}; ${wildcards}; ${clusterRoles}; ${tokens}`,
    met: loose + wildcards + clusterRoles + tokens === 0,
  };
}

/** FIG-04: the CIS benchmark. */
export function cisFigure(all: All): Figure {
  const counts = all.map(({ findings, covers }) =>
    cisCounts(cisVerdicts(findings, covers)),
  );
  return {
    id: "FIG-04",
    what: "CIS EKS 1.8.0: items by code / by node image / operator's duty / nothing of the kind; unexplained",
    target: "≥ 30 by code with builds; 0",
    value: perEnvironment(all, (one) => {
      const found = counts[all.indexOf(one)];
      return found === undefined
        ? ""
        : `${found.byCode}/${found.byAmi}/${found.byOperator}/${found.absent}; ${found.unexplained}`;
    }),
    met: counts.every(
      ({ byCode, unexplained }, at) =>
        unexplained === 0 && (byCode >= 30 || !hasBuildsAt(all, at)),
    ),
  };
}

const hasBuildsAt = (all: All, at: number): boolean => {
  const settings = all[at]?.settings;
  return settings !== undefined && hasBuilds(settings);
};

/** FIG-05, the half of it that a synth shows. */
export function secretFigure(all: All): Figure {
  const inState = (one: Measured): string[] =>
    secretsTable(one.graph, one.synthesized.stacks)
      .rows.filter(([, , , , states]) => states !== "none")
      .map(([secret = ""]) => secret);
  return {
    id: "FIG-05",
    what: "secrets in a state; canaries found",
    target: "only EXC-16; 0",
    value: `${perEnvironment(all, (one) => inState(one).join(" ") || "none")}; canaries not measured here: npm run lab`,
    met: all.every((one) => {
      const excused = one.covers.some(({ id }) => id === "EXC-16");
      return inState(one).length <= (excused ? 1 : 0);
    }),
  };
}
