import { readAcceptedRisks } from "../../../tools/audit/accepted-risks";
import { evaluate, failuresOf } from "../../../tools/audit/evaluate";
import { coversOf, readExceptions } from "../../../tools/audit/exceptions";
import { exposuresOf } from "../../../tools/audit/exposures";
import { graphOf } from "../../../tools/audit/graph";
import { ingressRows } from "../../../tools/audit/report/network-ingress";
import { synthesize } from "../../../tools/audit/synthesized";
import { GIVEN } from "../../support/emg";
import { reconcile, showFinding, uncovered } from "../../support/registers";
import { emgSettings } from "../../support/settings";

const exceptions = readExceptions();
const risks = readAcceptedRisks();

/** Prefect with the other login, an image that is not restricted, and what somebody else has. */
const PREFECT = [
  emgSettings({
    emg: {
      api: undefined,
      auth: { mode: "prefect-basic", legacyWorkerPath: true },
    },
  }),
  emgSettings({
    emg: {
      podSecurity: "baseline",
      api: { taskWorker: true, readOnlyRoot: true },
      database: { multiAz: true, performanceInsights: false },
      ingress: { prefectCidrs: [] },
    },
  }),
  emgSettings({
    dns: { hostedZoneId: undefined },
    ...GIVEN,
  }),
];

test("Prefect in each of its shapes needs what the registers say and no more", () => {
  for (const settings of PREFECT) {
    const graph = graphOf(synthesize(settings));
    const found = reconcile(
      failuresOf(evaluate(graph)),
      coversOf(exceptions, settings),
    );
    expect(found.missing.map(showFinding)).toEqual([]);
    expect(found.unused).toEqual([]);
    expect(uncovered(exposuresOf(graph), risks)).toEqual([]);
  }
});

test("what Prefect and the EMG API say in clear, and to whom without a check, is derived", () => {
  const shown = exposuresOf(graphOf(synthesize(emgSettings()))).map(
    ({ what }) => what,
  );
  expect(shown).toEqual(
    expect.arrayContaining([
      "load balancer to emgapiv2-hl-exp/prefect-via-oauth: http",
      "emgapiv2-hl-exp/prefect-worker-gateway to prefect-server: http",
      "emgapiv2-hl-exp/prefect-server-secret to postgresql: sslmode=require",
      "emgapiv2-hl-exp/emgapi-secret to postgres: sslmode=require",
    ]),
  );
});

test("whom the load balancer lets through to Prefect stands in the table of the network", () => {
  const rows = ingressRows(graphOf(synthesize(emgSettings())));
  const from = (service: string) =>
    rows
      .filter(([, to]) => to?.endsWith(`Service ${service}`))
      .map(([one]) => one);
  const ranges =
    "load balancer, for 203.0.113.0/24\nload balancer, for 198.51.100.10/32";
  expect(from("prefect-via-oauth")).toEqual([ranges]);
  expect(from("prefect-worker-gateway")).toEqual([ranges]);
  expect(from("emgapiv2")).toEqual(["load balancer"]);
});
