import { at, documentOf, first, textsAt } from "../reading";
import { type Check, type WrittenRule, check } from "../rule";

const CHART = ["helm_release"];

/** Charts: what their values decide. Their pods are listed openly in `docs/registers/accepted-risks.yaml`. */
export const chartRules: readonly WrittenRule[] = [
  {
    id: "charts/chart-namespace",
    sentence: "A chart goes into a namespace that exists.",
    types: CHART,
    ...check("create_namespace", ({ body }) => body.create_namespace !== true),
  },
  {
    id: "charts/chart-version",
    sentence: "A chart's version is fixed, or its files are ours.",
    types: CHART,
    ...check(
      ["version", "chart"],
      ({ body }) =>
        body.version !== undefined || String(body.chart).startsWith("./"),
    ),
  },
  {
    id: "charts/chart-repository",
    sentence: "Charts are fetched through TLS.",
    types: CHART,
    ...check("repository", ({ body }) =>
      textsAt(body, "repository").every((url) => /^(https|oci):\/\//.test(url)),
    ),
  },
  {
    id: "charts/wait",
    sentence: "Who comes after a chart waits until it runs.",
    types: CHART,
    about: ({ body }) => body.repository !== undefined,
    ...check("wait", ({ body }) => body.wait === true),
  },
  {
    id: "charts/driver",
    sentence: "The EFS driver deletes no data.",
    ...values(
      "aws-efs-csi-driver",
      "controller.deleteAccessPointRootDir",
      false,
    ),
  },
  {
    id: "charts/no-service-webhook",
    sentence: "A controller that stands still blocks no Service.",
    ...values(
      "aws-load-balancer-controller",
      "enableServiceMutatorWebhook",
      false,
    ),
  },
  {
    id: "charts/webhook-certificate",
    sentence: "The controller's webhook keeps its certificate.",
    ...values("aws-load-balancer-controller", "keepTLSSecret", true),
  },
];

/** A value of one chart. */
function values(
  chart: string,
  path: string,
  wanted: unknown,
): Check & Pick<WrittenRule, "types" | "about"> {
  return {
    types: CHART,
    about: ({ body }) => body.chart === chart,
    ...check(
      `values.${path}`,
      ({ body }) =>
        at(body, "values").length > 0 &&
        at(body, "values").every(
          (text) => first(documentOf(text), path) === wanted,
        ),
    ),
  };
}
