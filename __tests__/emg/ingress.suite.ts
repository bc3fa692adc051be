import { createIngress } from "../../modules/emg/ingress";
import { NETWORK } from "../support/compute-env";
import { SUBNETS, valuesOf } from "../support/delivery-ingress";
import { type SettingsChange, emgSettings } from "../support/settings";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

const ALB = "alb.ingress.kubernetes.io/";
const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/1";

const stackOf = (change: SettingsChange = {}) =>
  synthOne((stack) => {
    createIngress(stack, {
      settings: emgSettings(change),
      network: { ...NETWORK, ...SUBNETS },
      certificateArn: CERTIFICATE,
      dependsOn: [],
    });
  });

interface IngressJson {
  readonly metadata: {
    readonly name: string;
    readonly annotations: Record<string, string>;
  };
  readonly spec: {
    readonly rule: {
      readonly host: string;
      readonly http: {
        readonly path: {
          readonly path: string;
          readonly backend: {
            readonly service: {
              readonly name: string;
              readonly port: { readonly number?: number; name?: string };
            };
          };
        }[];
      };
    }[];
  };
}

const annotation = ({ metadata }: IngressJson, name: string): unknown => {
  const text = metadata.annotations[ALB + name];
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

/** Ingresses in the order in which the load balancer looks at them. */
const ingressesOf = (stack: StackJson) =>
  (
    Object.values(
      resourcesOf(stack, "kubernetes_ingress_v1"),
    ) as unknown as IngressJson[]
  ).sort(
    (one, other) =>
      Number(annotation(one, "group.order")) -
      Number(annotation(other, "group.order")),
  );

/** Rules of the load balancer, as its controller makes them of the Ingresses. */
const rulesOf = (stack: StackJson) =>
  ingressesOf(stack).flatMap((ingress) =>
    ingress.spec.rule.flatMap(({ host, http }) =>
      http.path.map(({ path, backend: { service } }) => {
        const action = annotation(ingress, `actions.${service.name}`) as
          | {
              forwardConfig: {
                targetGroups: { serviceName: string; servicePort: number }[];
              };
            }
          | undefined;
        const [forward] = action?.forwardConfig.targetGroups ?? [];
        const conditions = annotation(ingress, `conditions.${service.name}`) as
          { sourceIpConfig: { values: string[] } }[] | undefined;
        return {
          host,
          path,
          patterns: path === "/" ? ["/*"] : [path, `${path}/*`],
          to: forward
            ? `${forward.serviceName}:${forward.servicePort}`
            : `${service.name}:${service.port.number}`,
          ranges: conditions?.flatMap(
            ({ sourceIpConfig }) => sourceIpConfig.values,
          ),
          transforms: annotation(ingress, `transforms.${service.name}`),
          health: ingress.metadata.annotations[`${ALB}healthcheck-path`],
        };
      }),
    ),
  );

const OPEN = { emg: { ingress: { prefectCidrs: [] } } };
const basic = (legacyWorkerPath: boolean, prefectCidrs: string[] = []) => ({
  emg: {
    auth: { mode: "prefect-basic", legacyWorkerPath } as const,
    ingress: { prefectCidrs },
  },
});
const PREFECT = "prefect.emg.example.org";
const REWRITE = [
  {
    type: "url-rewrite",
    urlRewriteConfig: {
      rewrites: [{ regex: "^/workers/api(.*)$", replace: "/api$1" }],
    },
  },
];

const lines = (change: SettingsChange) =>
  rulesOf(stackOf(change)).map(
    ({ host, path, to, health }) => `${host}${path} → ${to} (${health})`,
  );

test("E-50, E-51, E-52, E-53: workers come by the gateway, people by the login, and the API has a host of its own", () => {
  expect(lines(OPEN)).toEqual([
    `${PREFECT}/workers/api → prefect-worker-gateway:8080 (/healthz)`,
    `${PREFECT}/oauth2 → prefect-via-oauth:4180 (/ping)`,
    `${PREFECT}/ → prefect-via-oauth:4180 (/ping)`,
    "api.emg.example.org/ → emgapiv2:8000 (/api/v2/)",
  ]);
});

test("E-52: with prefect-basic Prefect itself answers, at its own path only", () => {
  expect(lines(basic(false))).toEqual([
    `${PREFECT}/ → prefect-server:4200 (/api/health)`,
    "api.emg.example.org/ → emgapiv2:8000 (/api/v2/)",
  ]);
});

test("E-50: without the API its host has no rule", () => {
  expect(
    lines({ emg: { ...OPEN.emg, api: undefined } }).filter(
      (line) => !line.startsWith(PREFECT),
    ),
  ).toEqual([]);
});

test.each([[[]], [["192.0.2.0/24", "198.51.100.0/24", "203.0.113.7/32"]]])(
  "E-53: the path of workers is rewritten for Prefect, and no other is, with ranges %j",
  (ranges: string[]) => {
    const rules = rulesOf(stackOf(basic(true, ranges)));
    const [workers, others] = [true, false].map((isWorkers) =>
      rules.filter(({ path }) => (path === "/workers/api") === isWorkers),
    );
    expect(workers).toHaveLength(ranges.length === 0 ? 1 : 2);
    for (const rule of workers ?? [])
      expect(rule).toMatchObject({
        to: "prefect-server:4200",
        transforms: REWRITE,
      });
    for (const rule of others ?? []) expect(rule.transforms).toBeUndefined();
  },
);

test.each([
  ["oauth2-proxy", {}, 3],
  ["prefect-basic", basic(true).emg, 2],
] as const)(
  "E-88: with %s every rule of Prefect's host asks for the ranges, which all are let in at every path; the API's asks for none",
  (_mode, emg, paths) => {
    const prefectCidrs = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.7/32"];
    const rules = rulesOf(
      stackOf({ emg: { ...emg, ingress: { prefectCidrs } } }),
    );
    const ofPrefect = rules.filter(({ host }) => host === PREFECT);
    const all = [...new Set(ofPrefect.map(({ path }) => path))];
    expect(all).toHaveLength(paths);
    for (const path of all)
      expect(
        ofPrefect
          .filter((rule) => rule.path === path)
          .flatMap(({ ranges }) => ranges),
      ).toEqual(prefectCidrs);
    for (const { patterns, ranges } of ofPrefect)
      expect(1 + patterns.length + (ranges?.length ?? 99)).toBeLessThanOrEqual(
        5,
      );
    expect(rules.find(({ host }) => host !== PREFECT)?.ranges).toBeUndefined();
  },
);

const stack = stackOf();
const { name, spec } = valuesOf(stack, "ingress-class-params") as {
  name: string;
  spec: Record<string, unknown>;
};

test("E-87: one load balancer of a class of its own, which only the namespace of the platform may use", () => {
  expect(name).toBe("emg");
  expect(spec).toMatchObject({
    loadBalancerName: "emg-prod-emg",
    group: { name: "emg-prod-emg" },
    namespaceSelector: { matchLabels: { emg: "true" } },
    certificateArn: [CERTIFICATE],
    sslRedirectPort: "443",
  });
  for (const { spec: ingress } of ingressesOf(stack))
    expect(ingress).toMatchObject({ ingress_class_name: name });
  expect(onlyResource(stack, "kubernetes_ingress_class_v1")).toMatchObject({
    metadata: { name },
  });
});

test("the load balancer waits as long as the settings say, speaks HTTP/2 and drops invalid headers", () => {
  const { spec: changed } = valuesOf(
    stackOf({ emg: { ingress: { idleTimeoutSeconds: 300 } } }),
    "ingress-class-params",
  ) as { spec: Record<string, unknown> };
  expect(changed.loadBalancerAttributes).toEqual(
    expect.arrayContaining([
      { key: "idle_timeout.timeout_seconds", value: "300" },
      { key: "routing.http2.enabled", value: "true" },
      {
        key: "routing.http.drop_invalid_header_fields.enabled",
        value: "true",
      },
    ]),
  );
});

test("E-50, E-53: all Ingresses listen at the same ports, and name nothing that the class says", () => {
  for (const { metadata } of ingressesOf(stack)) {
    expect(metadata.annotations[`${ALB}listen-ports`]).toBe(
      '[{"HTTP":80},{"HTTPS":443}]',
    );
    for (const key of Object.keys(metadata.annotations))
      expect(key.slice(ALB.length)).toMatch(
        /^(listen-ports|group\.order|healthcheck-path|(actions|conditions)\..+)$/,
      );
  }
});

test("another scheme or name is another load balancer, which new Ingresses wait for", () => {
  for (const ingress of Object.values(
    resourcesOf(stack, "kubernetes_ingress_v1"),
  ))
    expect(ingress).toMatchObject({
      wait_for_load_balancer: true,
      lifecycle: { replace_triggered_by: ["terraform_data.load-balancer"] },
    });
  expect(onlyResource(stack, "terraform_data")).toMatchObject({
    input: { name: "emg-prod-emg", scheme: "internet-facing" },
  });
});
