import { type Problem } from "../../lib/problem";
import { type Rendered, items, problemIf, shown } from "./rendered-reading";

const PREFIX = "alb.ingress.kubernetes.io/";

/** Paths that Wave serves to everybody on its only port (ING-17). */
const HIDDEN_PATHS = ["/prometheus", "/metrics"];

/** Longest name of a load balancer. */
const NAME_LIMIT = 32;

const annotationsOf = ({ objects }: Rendered): Record<string, string> =>
  objects.ingress.metadata.annotations ?? {};

const annotation = (rendered: Rendered, name: string): string | undefined =>
  annotationsOf(rendered)[PREFIX + name];

/** VR-47: Services are reachable inside the cluster only; the load balancer talks to pods. */
export function clusterServices({ objects }: Rendered): Problem[] {
  return Object.entries(objects.services)
    .filter(([, { spec }]) => spec.type !== "ClusterIP")
    .map(([name, { spec }]) => ({
      path: `Service ${name}: type`,
      given: shown(spec.type),
      allowed: "ClusterIP",
      fix: "set ClusterIP: a NodePort opens the Service on every node (VR-47, D-13)",
    }));
}

/** VR-47, ING: annotations that do not depend on a setting. */
export function fixedAnnotations(rendered: Rendered): Problem[] {
  const expected = {
    "target-type": "ip",
    "healthcheck-path": "/health",
    "ssl-redirect": "443",
  };
  const { scheme, sslPolicy } = rendered.settings.wave.ingress;
  return Object.entries({ ...expected, scheme, "ssl-policy": sslPolicy })
    .filter(([name, value]) => annotation(rendered, name) !== value)
    .map(([name, value]) => ({
      path: `Ingress wave-ingress: ${PREFIX}${name}`,
      given: shown(annotation(rendered, name)),
      allowed: value,
      fix: "write this annotation: the controller's default is another (VR-47)",
    }));
}

/** VR-47, ING-03: a shared load balancer only by setting: any Ingress of the cluster may join a group. */
export function groupBySettingOnly(rendered: Rendered): Problem[] {
  const wanted = rendered.settings.wave.ingress.group?.name;
  const given = annotation(rendered, "group.name");
  return problemIf(given !== wanted, {
    path: `Ingress wave-ingress: ${PREFIX}group.name`,
    given: shown(given),
    allowed: shown(wanted),
    fix: "follow wave.ingress.group (VR-47)",
  });
}

/** VR-10, VR-47: one host, the one of the settings. */
export function ingressHost({ settings, objects }: Rendered): Problem[] {
  const hosts = items(objects.ingress.spec.rule).map(({ host }) => host);
  const { hostname } = settings.wave;
  return problemIf(hosts.length !== 1 || hosts[0] !== hostname, {
    path: "Ingress wave-ingress: host",
    given: shown(hosts.map(shown).join(", ")),
    allowed: hostname,
    fix: "use wave.hostname: it is the address that Wave gives out (VR-10)",
  });
}

/** VR-47, ING-13, ING-17: everything goes to Wave, but the metrics, which are answered with 404 before. */
export function ingressPaths(rendered: Rendered): Problem[] {
  const paths = items(rendered.objects.ingress.spec.rule).flatMap(({ http }) =>
    items(http?.path),
  );
  const root = paths.findIndex(
    ({ path, pathType, backend }) =>
      path === "/" &&
      pathType === "Prefix" &&
      backend?.service?.name === "wave",
  );
  return [
    ...problemIf(
      root < 0 || paths.filter(({ path }) => path === "/").length > 1,
      {
        path: "Ingress wave-ingress: path /",
        given: shown(paths.find(({ path }) => path === "/")),
        allowed: "path / with pathType Prefix to the Service wave",
        fix: "send everything to Wave (VR-47)",
      },
    ),
    ...HIDDEN_PATHS.filter((hidden) => {
      const at = paths.findIndex(({ path }) => path === hidden);
      const service = paths[at]?.backend?.service;
      return (
        at < 0 ||
        at > root ||
        service?.port.name !== "use-annotation" ||
        !answersNotFound(annotation(rendered, `actions.${service.name}`))
      );
    }).map((hidden) => ({
      path: `Ingress wave-ingress: path ${hidden}`,
      given: shown(paths.find(({ path }) => path === hidden)),
      allowed: "a fixed response 404, before the path /",
      fix: "hide the path: Wave serves its metrics to everybody (VR-47, ING-17)",
    })),
  ];
}

/** Whether an action is a fixed response with status 404. The controller ignores what it cannot parse. */
function answersNotFound(action: string | undefined): boolean {
  const { type, status } =
    /"type":"(?<type>[\w-]+)".*"statusCode":"?(?<status>\d+)/.exec(
      (action ?? "").replace(/\s/g, ""),
    )?.groups ?? {};
  return type === "fixed-response" && status === "404";
}

/** VR-47, ING-05: HTTP only to be redirected, HTTPS with the certificate. */
export function listeners(rendered: Rendered): Problem[] {
  const ports = annotation(rendered, "listen-ports") ?? "";
  const certificate = annotation(rendered, "certificate-arn") ?? "";
  return [
    ...problemIf(!/"HTTPS"\s*:\s*443/.test(ports), {
      path: `Ingress wave-ingress: ${PREFIX}listen-ports`,
      given: shown(ports),
      allowed: '[{"HTTP": 80}, {"HTTPS": 443}]',
      fix: "listen on 443 (VR-47, ING-05)",
    }),
    ...problemIf(certificate === "", {
      path: `Ingress wave-ingress: ${PREFIX}certificate-arn`,
      given: "nothing",
      allowed: "the certificate of the identity stack or of dns.certificateArn",
      fix: "name the certificate (VR-47, ING-02)",
    }),
  ];
}

/** VR-48: a name that AWS accepts and that no other environment has. */
export function loadBalancerName(rendered: Rendered): Problem[] {
  const { name, environment, wave } = rendered.settings;
  const wanted =
    wave.ingress.loadBalancerName ?? `${name}-${environment}-wave-alb`;
  const given = annotation(rendered, "load-balancer-name") ?? "";
  const cut = wanted.length > NAME_LIMIT && given.startsWith(`${name}-`);
  return problemIf(
    given === "" || given.length > NAME_LIMIT || (given !== wanted && !cut),
    {
      path: "wave.ingress.loadBalancerName",
      given: shown(given),
      allowed: `${wanted}, at most ${NAME_LIMIT} characters`,
      fix: "set a shorter name; it is unique per account and region (VR-48)",
    },
  );
}
