import {
  findingsOf,
  wantedOf,
} from "../../../../tools/operate/imports/imports";

const stack = {
  resource: {
    kubernetes_namespace_v1: { ns: { metadata: { name: "wave" } } },
    kubernetes_config_map_v1: {
      cfg: { metadata: { name: "wave-cfg", namespace: "wave" } },
    },
    helm_release: {
      alb: { name: "aws-load-balancer-controller", namespace: "kube-system" },
    },
  },
};

const find = (known: readonly string[], answers: Record<string, string>) =>
  findingsOf(
    wantedOf(stack, new Set(known)).map((wanted) => ({
      wanted,
      answer: answers[wanted.to] ?? "",
    })),
  );

test("what stands in the cluster and not in the state is imported by namespace and name", () => {
  expect(
    find([], {
      "kubernetes_namespace_v1.ns": "namespace/wave\n",
      "kubernetes_config_map_v1.cfg": "configmap/wave-cfg\n",
      "helm_release.alb":
        "sh.helm.release.v1.aws-load-balancer-controller.v1 deployed\n",
    }),
  ).toEqual({
    imports: [
      { to: "kubernetes_namespace_v1.ns", id: "wave" },
      { to: "kubernetes_config_map_v1.cfg", id: "wave/wave-cfg" },
      {
        to: "helm_release.alb",
        id: "kube-system/aws-load-balancer-controller",
      },
    ],
    commands: [],
  });
});

test("what is in the state, or not in the cluster, is left alone", () => {
  expect(
    find(["kubernetes_namespace_v1.ns"], {
      "kubernetes_namespace_v1.ns": "namespace/wave",
    }),
  ).toEqual({ imports: [], commands: [] });
});

test.each([
  ["and is in no state", []],
  ["and is in the state", ["helm_release.alb"]],
])(
  "a release that was cut off %s is not imported: its pending revision has to go",
  (_, known) => {
    expect(
      find(known, {
        "helm_release.alb":
          "sh.helm.release.v1.aws-load-balancer-controller.v1 superseded\nsh.helm.release.v1.aws-load-balancer-controller.v2 pending-upgrade\n",
      }),
    ).toEqual({
      imports: [],
      commands: [
        "kubectl delete secret -n kube-system sh.helm.release.v1.aws-load-balancer-controller.v2",
      ],
    });
  },
);

test("a cluster is asked by the kind, name and namespace that the stack declares", () => {
  expect(wantedOf(stack, new Set()).map(({ ask }) => ask.join(" "))).toEqual([
    "get Namespace wave --ignore-not-found -o name",
    "get ConfigMap wave-cfg -n wave --ignore-not-found -o name",
    expect.stringContaining("owner=helm,name=aws-load-balancer-controller"),
  ]);
});
