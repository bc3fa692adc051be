import { type PlatformFacts } from "../core/facts";
import { INGRESS_CLASS, VOLUMES, zoneIdOf } from "./names";
import { type EmgSettings } from "./settings/schema";

const LOGIN = ["username", "password"];

/** What the core has to know of the platform. */
export function emgFacts(settings: EmgSettings): PlatformFacts {
  const { api, auth, certificateArn, database, namespace, prefect } =
    settings.emg;
  const hosts = [
    { path: "emg.prefect.host", name: prefect.host },
    ...(api ? [{ path: "emg.api.host", name: api.host }] : []),
  ];
  const secret = (path: string, name: string | undefined, keys = LOGIN) =>
    name === undefined ? [] : [{ path, name, keys }];
  const volumes = api ? Object.values(VOLUMES) : [];
  const isRequested =
    certificateArn === undefined && zoneIdOf(settings) !== undefined;
  return {
    platform: "emg",
    hosts,
    namespaces: [{ path: "emg.namespace", name: namespace }],
    clusterWide: [
      { path: "emg", name: INGRESS_CLASS, what: "class of Ingresses" },
      ...volumes.map(({ volume }) => ({
        path: "emg.api",
        name: volume,
        what: "volume" as const,
      })),
    ],
    // Their zone may be another one than the core's: the platform looks at it itself.
    records: [],
    operatorSecrets: [
      ...(auth.mode === "oauth2-proxy"
        ? secret("emg.auth.githubSecret", auth.githubSecret, [
            "clientId",
            "clientSecret",
          ])
        : []),
      ...secret("emg.api.pullSecret", api?.pullSecret),
      ...(database.kind === "external"
        ? secret("emg.database.masterSecret", database.masterSecret)
        : []),
    ],
    exclusives: hosts.flatMap(({ path, name: value }) => [
      {
        path,
        value,
        what: "host name",
        fix: "give each environment its own host name",
      },
      ...(isRequested
        ? [
            {
              path,
              value,
              what: "requested certificate name",
              fix: "choose another name for one of the two, or write the ARN of a certificate that exists in one of them",
            },
          ]
        : []),
    ]),
    needs: {
      efs: api !== undefined,
      // Without an ACL too: only a controller that knows ACLs takes one away again.
      waf: settings.network.internet,
      scaledNodes: false,
      services: ["ecr.api", "ecr.dkr"],
    },
    systemPods: [
      { count: 1, ...prefect },
      // Both logins, twice each.
      ...(auth.mode === "oauth2-proxy"
        ? [{ count: 4, cpu: "50m", memory: "64Mi" }]
        : []),
      // One more while a new image migrates and rolls.
      ...(api
        ? [{ ...api, count: api.replicas + (api.taskWorker ? 2 : 1) }]
        : []),
    ],
  };
}
