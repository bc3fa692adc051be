import { deliveryOrderProblems } from "../../../../../tools/lab/checks/delivery/destroy-order";
import { type AuditEntry } from "../../../../../tools/lab/kube/audit";
import { deliverySettings } from "../../../../support/settings";

const settings = deliverySettings();
const services = ["ui-default", "api-default", "worker-default"];

const gone = (
  second: number,
  resource: string,
  namespace: string,
  name: string,
): AuditEntry => ({
  verb: "delete",
  requestReceivedTimestamp: `2026-01-01T00:00:0${second}.000Z`,
  user: {},
  objectRef: { resource, namespace, name },
  responseStatus: { code: 200 },
});

/** A destroy in which each step has its second. */
const problems = ({
  release = 1,
  flux = 2,
  namespace = 3,
  pending = 4,
} = {}): string[] =>
  deliveryOrderProblems(
    settings,
    [
      ...services.map((one) => gone(1, "deployments", one, "lab-service")),
      gone(release, "deployments", "api-default", "lab-service"),
      gone(flux, "deployments", "flux-system", "kustomize-controller"),
      ...services.map((one) => gone(3, "namespaces", one, one)),
      gone(namespace, "namespaces", "api-default", "api-default"),
      gone(pending, "ingresses", "delivery-ingress", "pending"),
    ],
    true,
  );

test("C63: what Flux made, Flux, namespaces and the last Ingress is right", () => {
  expect(problems()).toEqual([]);
});

test.each([
  [
    { release: 3 },
    "deployments flux-system/kustomize-controller before deployments api-default/lab-service",
  ],
  [
    { flux: 5 },
    "ingresses delivery-ingress/pending before deployments flux-system/kustomize-controller",
  ],
  [
    { namespace: 5 },
    "ingresses delivery-ingress/pending before namespaces api-default/api-default",
  ],
])("C63: %p is not", (change, problem) => {
  expect(problems(change)).toContain(problem);
});

test("what was never deleted is a problem too; releases only where Flux's controllers were at work", () => {
  const missing = deliveryOrderProblems(settings, [], false);
  expect(missing).toContain(
    "ingresses delivery-ingress/pending: not in the records",
  );
  expect(missing.join()).not.toContain("lab-service");
});
