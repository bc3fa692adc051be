import {
  type ExclusiveFact,
  type NamedFact,
  type OperatorSecret,
  type PlatformFacts,
} from "../core/facts";
import {
  ALB_CLASS,
  CERT_MANAGER,
  CREDENTIAL_KEYS,
  EXTERNAL_DNS,
  FLUX_NAMESPACE,
  INGRESS_NAMESPACE,
  recordSetId,
  repositoryNameOf,
} from "./names";
import { type DeliverySettings } from "./settings/schema";
import { bucketNameOf, storeNameOf } from "./store-arn";

/** What the core has to know of the platform. */
export function deliveryFacts(settings: DeliverySettings): PlatformFacts {
  const { domain, ingress, stores } = settings.delivery;
  return {
    platform: "delivery",
    hosts: hostsOf(settings),
    namespaces: namespacesOf(settings),
    clusterWide: [
      {
        path: "delivery.ingress.class",
        name: ingress.class === "alb" ? ALB_CLASS : ingress.class,
        what: "class of Ingresses",
      },
    ],
    // Its zone may be another one than the core's: the platform looks at it itself.
    records: [],
    operatorSecrets: operatorSecretsOf(settings),
    exclusives: exclusivesOf(settings, domain),
    needs: {
      efs: false,
      // Without an ACL too: only a controller that knows ACLs takes one away again.
      waf: ingress.class === "alb" && settings.network.internet,
      scaledNodes: false,
      services: [
        ...["sts", "ecr.api", "ecr.dkr"],
        ...(stores.queues.length > 0 ? ["sqs"] : []),
        ...(stores.topics.length > 0 ? ["sns"] : []),
      ],
    },
  };
}

/** The domain, and what the chart of services calls each of them. */
const hostsOf = ({ delivery }: DeliverySettings): NamedFact[] => [
  { path: "delivery.domain", name: delivery.domain },
  ...delivery.services.map((service, index) => ({
    path: `delivery.services[${index}].repository`,
    name: `${repositoryNameOf(service)}.${delivery.domain}`,
  })),
];

/** Namespaces that are made whatever the services are. */
export const ownNamespaces = ({
  delivery: { flux, tls, dns },
}: DeliverySettings): NamedFact[] => [
  { path: "delivery.ingress", name: INGRESS_NAMESPACE },
  ...(flux ? [{ path: "delivery.flux", name: FLUX_NAMESPACE }] : []),
  ...(tls.kind === "letsencrypt"
    ? [{ path: "delivery.tls.kind", name: CERT_MANAGER.name }]
    : []),
  ...(dns.owner === "external-dns"
    ? [{ path: "delivery.dns.owner", name: EXTERNAL_DNS.name }]
    : []),
];

/** Namespaces of the services. */
export const servicesNamespaces = ({
  delivery,
}: DeliverySettings): NamedFact[] =>
  delivery.services.flatMap(({ namespaces }, index) =>
    namespaces.map((name, at) => ({
      path: `delivery.services[${index}].namespaces[${at}]`,
      name,
    })),
  );

const namespacesOf = (settings: DeliverySettings): NamedFact[] => [
  ...ownNamespaces(settings),
  ...servicesNamespaces(settings),
];

const operatorSecretsOf = ({
  delivery: { flux },
}: DeliverySettings): OperatorSecret[] =>
  flux === undefined || flux.credential.kind === "none"
    ? []
    : [
        {
          path: "delivery.flux.credential.secret",
          name: flux.credential.secret,
          keys: Object.values(CREDENTIAL_KEYS[flux.credential.kind]),
        },
      ];

/** Names that do not begin with the environment's. The domain is no such: two clusters may share it, by weight. */
function exclusivesOf(
  settings: DeliverySettings,
  domain: string,
): ExclusiveFact[] {
  const { region } = settings;
  const { dns, github, services, stores } = settings.delivery;
  const another = "choose another name for one of the two";
  const named = (["tables", "queues", "topics"] as const).flatMap((kind) =>
    stores[kind].map((store, index) => ({
      path: `delivery.stores.${kind}[${index}].name`,
      value: `${storeNameOf(settings, store)} in ${region}`,
      what: `name of ${kind}`,
      fix: another,
    })),
  );
  return [
    ...(dns.owner === "none"
      ? []
      : [
          {
            path: "delivery.domain",
            value:
              dns.owner === "terraform"
                ? `${domain} of ${recordSetId(settings)}`
                : domain,
            what: "domain of records",
            fix: "write dns.owner: terraform in both, and give one of the clusters another name: records of a shared domain are told apart by it",
          },
        ]),
    ...(github.oidcProvider === "ours" &&
    services.some(({ ci }) => ci !== undefined)
      ? [
          {
            path: "delivery.github.oidcProvider",
            value: "the provider of GitHub's tokens",
            what: "OIDC provider of the account",
            fix: "write existing in one of the two, and deploy the other one first: IAM has one for each account",
          },
        ]
      : []),
    ...services.flatMap((service, index) => [
      ...(service.ecr.kind === "created"
        ? [
            {
              path: `delivery.services[${index}].repository`,
              value: `${repositoryNameOf(service)} in ${region}`,
              what: "repository of images",
              fix: "write ecr: {kind: existing} in one of the two, and deploy the other one first",
            },
          ]
        : []),
      ...(service.role?.physicalName === undefined
        ? []
        : [
            {
              path: `delivery.services[${index}].role.physicalName`,
              value: service.role.physicalName,
              what: "name of a role",
              fix: another,
            },
          ]),
    ]),
    ...stores.buckets.map((bucket, index) => ({
      path: `delivery.stores.buckets[${index}]`,
      value: bucketNameOf(settings, bucket),
      what: "name of a bucket",
      fix: another,
    })),
    ...named,
  ];
}
