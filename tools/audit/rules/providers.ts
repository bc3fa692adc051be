import { type Subject, ofType } from "../graph";
import { referredMadeOrRead } from "../made-or-read";
import { at, first } from "../reading";
import { type WrittenRule, check, off, oneOf } from "../rule";

/** Providers and back ends. */
export const providerRules: readonly WrittenRule[] = [
  {
    id: "providers/provider",
    sentence: "Every stack has a provider that knows its account.",
    types: ["backend.s3", "backend.local"],
    ...check("provider.aws.allowed_account_ids", ({ stack }, graph) =>
      ofType(graph, "provider.aws").some(
        (one) =>
          one.stack === stack && at(one.body, "allowed_account_ids").length > 0,
      ),
    ),
  },
  {
    id: "providers/account",
    sentence: "The provider refuses credentials of another account.",
    types: ["provider.aws"],
    ...check(
      "allowed_account_ids",
      ({ body }) =>
        at(body, "allowed_account_ids").length === 1 &&
        /^\d{12}$/.test(String(first(body, "allowed_account_ids"))),
    ),
  },
  {
    id: "providers/locked-state",
    sentence: "Two runs never write one state at once.",
    types: ["backend.s3"],
    ...oneOf("use_lockfile", true),
  },
  {
    id: "providers/verified-endpoint",
    sentence: "The Kubernetes providers verify the cluster's certificate.",
    types: ["provider.kubernetes", "provider.helm"],
    ...check(["cluster_ca_certificate", "insecure"], (subject, graph) => {
      const body = first(subject.body, "kubernetes") ?? subject.body;
      return (
        off("insecure").holds(
          { ...subject, body: body as Subject["body"] },
          graph,
        ) === true &&
        ["cluster_ca_certificate", "kubernetes.cluster_ca_certificate"].some(
          (path) =>
            referredMadeOrRead(graph, subject, path, "aws_eks_cluster")
              .length === 1,
        )
      );
    }),
  },
];
