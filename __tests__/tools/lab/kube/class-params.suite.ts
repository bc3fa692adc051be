import {
  type Classes,
  classRefusals,
  withClass,
} from "../../../../tools/lab/kube/load-balancer-controller/class-params";
import {
  type Ingress,
  annotationsOf,
  isBuilt,
} from "../../../../tools/lab/kube/load-balancer-controller/ingress";

const classes: Classes = {
  classes: [
    {
      metadata: { name: "delivery" },
      spec: {
        controller: "ingress.k8s.aws/alb",
        parameters: { kind: "IngressClassParams", name: "delivery" },
      },
    },
    { metadata: { name: "nginx" }, spec: { controller: "nginx.org/x" } },
  ],
  params: [
    {
      metadata: { name: "delivery" },
      spec: {
        loadBalancerName: "own",
        group: { name: "shared" },
        subnets: { ids: ["subnet-1", "subnet-2"] },
        loadBalancerAttributes: [
          { key: "a", value: "1" },
          { key: "b", value: "2" },
        ],
        namespaceSelector: { matchLabels: { delivery: "true" } },
      },
    },
  ],
  labels: new Map([["api", { delivery: "true" }]]),
};

const ingress = (ingressClassName: string, namespace = "api"): Ingress => ({
  metadata: {
    name: "one",
    namespace,
    annotations: {
      "alb.ingress.kubernetes.io/load-balancer-name": "annotated",
      "alb.ingress.kubernetes.io/group.order": "10",
    },
  },
  spec: { ingressClassName },
});

test("parameters of a class win over annotations, and leave what they do not name", () => {
  const built = withClass(ingress("delivery"), classes);
  expect(isBuilt(built)).toBe(true);
  expect(Object.fromEntries(annotationsOf(built))).toEqual({
    "load-balancer-name": "own",
    "group.name": "shared",
    "group.order": "10",
    subnets: "subnet-1,subnet-2",
    "load-balancer-attributes": "a=1,b=2",
  });
});

test.each(["nginx", "unknown"])("class %s is not the controller's", (name) => {
  expect(isBuilt(withClass(ingress(name), classes))).toBe(false);
});

test("C64: an Ingress of a namespace without the label is refused", () => {
  expect(classRefusals(ingress("delivery"), classes)).toEqual([]);
  expect(classRefusals(ingress("delivery", "wave"), classes)).toEqual([
    "namespaceSelector of IngressClassParams delivery does not match wave",
  ]);
});
