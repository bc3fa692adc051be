import { type Ingress } from "../../../../tools/lab/kube/load-balancer-controller/ingress";
import { failingOpen } from "../../../../tools/lab/kube/load-balancer-controller/controller";
import { refusalsOf } from "../../../../tools/lab/kube/load-balancer-controller/refusals";
import {
  type TerraformJson,
  manifestsOf,
} from "../../../../tools/operate/manifests/manifests";
import { workloadsJson } from "../../../support/workloads";

const prefix = "alb.ingress.kubernetes.io/";

/** The Ingress of the example, with other annotations; undefined takes one away. */
function ingressWith(change: Record<string, string | undefined> = {}): Ingress {
  const changes = Object.entries(change).map(([name, value]) => [
    prefix + name,
    value,
  ]);
  const annotations = {
    ...example.metadata.annotations,
    ...(Object.fromEntries(changes) as Record<string, string>),
  };
  const kept = Object.entries(annotations).filter(
    ([, value]: [string, string | undefined]) => value !== undefined,
  );
  return {
    ...example,
    metadata: { ...example.metadata, annotations: Object.fromEntries(kept) },
  };
}

const example = manifestsOf(workloadsJson() as TerraformJson)
  .map(({ object }) => object)
  .find(({ kind }) => kind === "Ingress") as unknown as Ingress;

test("the Ingress of the example is built", () => {
  expect(refusalsOf(ingressWith(), ["wave"])).toEqual([]);
});

test.each([
  [{ scheme: "public" }, "unknown scheme: public"],
  [{ "target-type": "pod" }, "unknown target-type: pod"],
  [
    { "listen-ports": '[{"HTTP": 80}' },
    'failed to parse listen-ports configuration: [{"HTTP": 80}',
  ],
  [
    { "actions.not-found": "{" },
    "failed to parse actions.not-found configuration: {",
  ],
  [
    { "load-balancer-name": "a".repeat(33) },
    `load balancer name cannot be longer than 32 characters: ${"a".repeat(33)}`,
  ],
  [
    { "load-balancer-name": "wave_alb" },
    "load balancer name is not valid: wave_alb",
  ],
  [
    { "load-balancer-name": "internal-wave" },
    "load balancer name is not valid: internal-wave",
  ],
  [
    { "listen-ports": '[{"HTTP": 80}]' },
    "listener does not exist for SSL redirect port: 443",
  ],
])("fails with %j as the real controller does", (change, refusal) => {
  expect(refusalsOf(ingressWith(change), ["wave"])).toEqual([refusal]);
});

test("a missing Service, and an action without annotation, are refused", () => {
  expect([...new Set(refusalsOf(ingressWith(), ["other"]))]).toEqual([
    'Service "wave" not found',
  ]);
  const without = ingressWith({ "actions.not-found": undefined });
  expect(refusalsOf(without, ["wave"])).toContain(
    "missing actions.not-found configuration",
  );
});

test("webhooks that nobody answers fail open, and keep what else they say", () => {
  const webhook = { name: "vingress", failurePolicy: "Fail" };
  expect(failingOpen([webhook])).toEqual([
    { name: "vingress", failurePolicy: "Ignore", timeoutSeconds: 1 },
  ]);
});
