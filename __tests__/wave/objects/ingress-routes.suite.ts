import {
  type ListenerRule,
  answerTo,
  listenerRules,
  refusedRules,
} from "../../../tools/lab/kube/load-balancer-controller/listener-rules";
import { type Ingress } from "../../../tools/lab/kube/load-balancer-controller/ingress";
import { refusalsOf } from "../../../tools/lab/kube/load-balancer-controller/refusals";
import { waveIngress } from "../../../modules/wave/objects/ingress";
import { withRelease } from "../../../modules/wave/release/release";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { waveInputs } from "../../support/wave-inputs";

const LINES = {
  "1.3.3": exampleSettings,
  "1.7.9": (change: SettingsChange = {}) =>
    exampleSettings({ ...change, wave: { ...change.wave, version: "1.7.9" } }),
  "1.37.0": currentSettings,
  lite: liteSettings,
};
type Line = keyof typeof LINES;
const ALL = Object.keys(LINES) as Line[];
const CLASSIC: Line[] = ["1.3.3", "1.7.9"];

/** The Ingress as Kubernetes keeps it. */
function ingressOf(line: Line, change: SettingsChange = {}): Ingress {
  const settings = LINES[line](change);
  const { metadata, spec } = waveIngress(
    withRelease(settings),
    waveInputs(settings),
  );
  const [rule] = spec.rule as { host: string; http: { path: object[] } }[];
  return {
    metadata,
    spec: {
      ingressClassName: "alb",
      rules: [{ host: rule?.host, http: { paths: rule?.http.path } }],
    },
  } as unknown as Ingress;
}

const rulesOf = (line: Line, change: SettingsChange = {}): ListenerRule[] =>
  listenerRules(ingressOf(line, change));

const STRANGER = "198.51.100.7";
const PLATFORM = "203.0.113.10";
const ask = (
  rules: readonly ListenerRule[],
  path: string,
  from = STRANGER,
  host = "wave.example.com",
): string => answerTo(rules, { host, path, from });

test.each(ALL)(
  "%s: the controller builds these rules, and a load balancer takes them",
  (line) => {
    const nine = Array.from({ length: 9 }, (_none, n) => `203.0.113.${n}/32`);
    const change = { wave: { platform: { pairingCidrs: nine } } };
    expect(refusalsOf(ingressOf(line, change), ["wave"])).toEqual([]);
    expect(refusedRules(rulesOf(line, change))).toEqual([]);
    for (const range of nine)
      expect(
        ask(
          rulesOf(line, change),
          "/pairing/tower/token/x",
          range.slice(0, -3),
        ),
      ).toBe("wave");
    expect(ask(rulesOf(line, change), "/pairing/tower/token/x")).toBe("404");
  },
);

describe.each(ALL)("a stranger, %s", (line) => {
  const rules = rulesOf(line);

  test.each([
    "/pairing",
    "/pairing/",
    "/pairing/tower/token/abc",
    "/pairing/other/token/abc",
    "/prometheus",
    "/prometheus/",
    "/metrics",
    "/metrics/jvm.memory.used",
    // Without the token of a request Wave would pull with its own login.
    "/v2/library/alpine/manifests/latest",
    "/v2/123456789012.dkr.ecr.eu-central-1.amazonaws.com/wave/build/manifests/x",
    "/v2/wtx/image/manifests/latest",
    "/v2//library/alpine/blobs/sha256:0",
  ])("is refused %s", (path) => {
    expect(ask(rules, path)).toBe("404");
  });

  test("is refused every other host, the load balancer's own name too", () => {
    for (const host of ["", "x.elb.amazonaws.com", "wave.example.com.evil.org"])
      expect(ask(rules, "/v2/", STRANGER, host)).toBe("404");
  });

  test.each([
    "/",
    "/v2",
    "/v2/",
    "/v2/wt/abc/library/alpine/manifests/latest",
    "/service-info",
    "/health",
    "/container-token",
    "/v1alpha2/container",
    "/v1alpha2/container/abc/status",
    "/v1alpha1/inspect",
    "/view/containers/abc",
    "/validate-creds",
  ])("reaches %s, which asks for a token or has nothing to hide", (path) => {
    expect(ask(rules, path)).toBe("wave");
  });

  test("pulls without a token where requests without a login are served", () => {
    const open = rulesOf(line, { wave: { allowAnonymous: true } });
    expect(ask(open, "/v2/library/alpine/manifests/latest")).toBe("wave");
  });

  test("is not Platform, which pairs", () => {
    expect(ask(rules, "/pairing/tower/token/abc", PLATFORM)).toBe("wave");
    expect(ask(rules, "/prometheus", PLATFORM)).toBe("404");
  });
});

const PAGES = [
  "/view/builds",
  "/view/scans",
  "/v1alpha1/builds",
  "/v1alpha1/scans",
];

describe.each(CLASSIC)("classic %s: no id reaches a query", (line) => {
  const rules = rulesOf(line);

  test.each(
    PAGES.flatMap((page) => [
      page,
      `${page}/`,
      `${page}/1234567890ab_1`,
      `${page}/x%27%20or%201=1`,
      `${page}/x'; remove table wave_build; --`,
      `${page}/a/logs`,
    ]),
  )("%s is closed", (path) => {
    expect(ask(rules, path)).toBe("404");
    expect(ask(rules, path, PLATFORM)).toBe("404");
  });
});

test("the status of a build answers from 1.6.0 on, which has it, and only for what can be an id", () => {
  const status = (id: string) => `/v1alpha1/builds/${id}/status`;
  expect(ask(rulesOf("1.3.3"), status("12ab_1"))).toBe("404");
  const rules = rulesOf("1.7.9");
  expect(ask(rules, status("bd-12ab34_1"))).toBe("wave");
  for (const id of ["x%27", "x'", "a/b", "", "x;y", "x y", "x%2F", "a\nb"])
    expect(ask(rules, status(id))).toBe("404");
  expect(ask(rules, `${status("12ab_1")}/x`)).toBe("404");
  expect(ask(rules, status("12ab_1"), STRANGER, "other.example.com")).toBe(
    "404",
  );
});

test("pages of builds and scans are open on the current line, whose database takes them as values", () => {
  for (const page of PAGES)
    expect(ask(rulesOf("1.37.0"), `${page}/abc`)).toBe("wave");
});

test.each<[string, SettingsChange, string]>([
  ["the open internet", {}, "404"],
  [
    "a web ACL",
    {
      wave: {
        ingress: {
          wafAclArn:
            "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/w/1",
        },
      },
    },
    "404",
  ],
  [
    "ranges for all",
    { wave: { ingress: { inboundCidrs: ["203.0.113.0/24"] } } },
    "wave",
  ],
  [
    "an internal load balancer",
    { wave: { ingress: { scheme: "internal" } } },
    "wave",
  ],
])("without ranges for pairing, and %s", (_what, change, answer) => {
  const platform = {
    apiUrl: "https://platform.example.com/api",
    pairingCidrs: undefined,
  };
  const rules = rulesOf("1.3.3", { wave: { ...change.wave, platform } });
  expect(ask(rules, "/pairing/tower/token/x")).toBe(answer);
});

test("the lab refuses a rule with more values than a load balancer takes, and one with patterns of both kinds", () => {
  const rule = {
    hosts: ["wave.example.com"],
    paths: ["/pairing", "/pairing/*"],
    pathRegexes: [],
    sources: ["203.0.113.1/32", "203.0.113.2/32", "203.0.113.3/32"],
    answer: "wave",
  };
  expect(refusedRules([rule]).join()).toMatch(/6 in one rule/);
  expect(
    refusedRules([{ ...rule, sources: [], pathRegexes: ["^/x$"] }]).join(),
  ).toMatch(/exactly one/);
});
