import {
  type ExclusiveFact,
  type OperatorSecret,
  type PlatformFacts,
  type RecordFact,
} from "../core/facts";
import { namesOf } from "../lib/names";
import { loadBalancerName } from "./objects/ingress";
import { WAVE_VOLUME } from "./objects/kubernetes-names";
import { hasBuilds, mailOf } from "./release/line";
import { serverMemory } from "./release/line-defaults";
import { replicasOf } from "./rules/server-nodes";
import { registryPorts } from "./registry-ports";
import { type WaveSettings } from "./settings/schema";

/** What the core has to know of Wave. */
export function waveFacts(settings: WaveSettings): PlatformFacts {
  const { wave } = settings;
  const namespace = { path: "wave.namespace", name: wave.namespace };
  const builds = { path: "wave.buildNamespace", name: wave.buildNamespace };
  return {
    platform: "wave",
    hosts: [{ path: "wave.hostname", name: wave.hostname }],
    namespaces: hasBuilds(settings) ? [namespace, builds] : [namespace],
    clusterWide: hasBuilds(settings)
      ? [{ path: "wave", name: WAVE_VOLUME, what: "volume" }]
      : [],
    records: recordsOf(settings),
    operatorSecrets: operatorSecretsOf(settings),
    exclusives: exclusivesOf(settings),
    buildPorts: registryPorts(settings),
    systemPods: [
      {
        count: replicasOf(settings).replicas,
        cpu: wave.cpuRequest,
        memory: serverMemory(settings),
      },
    ],
    needs: {
      efs: hasBuilds(settings),
      // Without an ACL too: only a controller that knows ACLs takes one away again. But it waits for the answers of AWS WAF,
      // and the controller's guide has that switched off in a VPC without internet.
      waf: settings.network.internet,
      // Builds run on groups of the core.
      scaledNodes: false,
      services: servicesOf(settings),
    },
  };
}

/** Logins by the roles of service accounts, images that are pulled, built and pushed, mail. */
const servicesOf = (settings: WaveSettings): string[] => [
  "sts",
  "ecr.api",
  "ecr.dkr",
  ...(settings.wave.mail === undefined ? [] : ["email"]),
];

/** Names that Wave's certificate, alias and mail write into the zone. */
function recordsOf(settings: WaveSettings): RecordFact[] {
  const { dns, wave } = settings;
  const requestsCertificate = dns.certificateArn === undefined;
  const host: RecordFact = {
    path: "wave.hostname",
    name: wave.hostname,
    publicFor: requestsCertificate
      ? "a certificate is requested, and validated by it"
      : wave.ingress.scheme === "internet-facing"
        ? "the load balancer is internet-facing"
        : undefined,
  };
  const names = dns.existingAlias && !requestsCertificate ? [] : [host];
  if (requestsCertificate)
    for (const name of dns.certificateDomains ?? [])
      names.push({
        path: "dns.certificateDomains",
        name: name.replace(/^\*\./, ""),
        publicFor: "the certificate is validated by it",
      });
  const mail = mailOf(settings);
  if (mail?.existingIdentity === false)
    names.push({
      path: "wave.mail.domain",
      name: mail.domain,
      publicFor: "SES verifies the domain by it",
    });
  return names;
}

/** The secrets that only the operator can make, with the settings that name them. */
export function operatorSecretsOf({ wave }: WaveSettings): OperatorSecret[] {
  const registries = Object.entries(wave.secrets).map(([key, name]) => ({
    path: `wave.secrets.${key}`,
    name,
    keys: ["username", "password"],
  }));
  const ecrKey = wave.classic.ecrKeySecret;
  if (ecrKey === undefined) return registries;
  const keys = ["accessKeyId", "secretAccessKey"];
  return [
    ...registries,
    { path: "wave.classic.ecrKeySecret", name: ecrKey, keys },
  ];
}

/**
 * ACM proves a name with the same record for the whole account, and for a wildcard with that of the name below: two
 * environments that both make it overwrite it for each other, and the first that ends takes it from the other's renewal.
 */
const validationRecords = ({ dns, wave }: WaveSettings): ExclusiveFact[] =>
  dns.certificateArn !== undefined || dns.hostedZoneId === undefined
    ? []
    : [
        ...new Set(
          (dns.certificateDomains ?? [wave.hostname]).map((name) =>
            name.replace(/^\*\./, ""),
          ),
        ),
      ].map((name) => ({
        path:
          dns.certificateDomains === undefined
            ? "wave.hostname"
            : "dns.certificateDomains",
        value: name,
        what: "requested certificate name",
        fix: "write dns.certificateArn in one of the two, the certificate of the other one or one of your own, or give each its own names",
      }));

function exclusivesOf(settings: WaveSettings): ExclusiveFact[] {
  const { data, region, wave } = settings;
  const values: ExclusiveFact[] = [
    {
      path: "wave.hostname",
      value: wave.hostname,
      what: "host name",
      fix: "give each environment its own host name",
    },
    {
      path: "wave.ingress.loadBalancerName",
      value: `${loadBalancerName(settings)} in ${region}`,
      what: "load-balancer name",
      fix: "choose another name, or remove it to use the default",
    },
  ];
  values.push(...validationRecords(settings));
  if (!data.ecr.existing)
    values.push({
      path: "data.ecr.prefix",
      value: `${data.ecr.prefix ?? namesOf(settings).prefix} in ${region}`,
      what: "repository prefix",
      fix: "choose another prefix, or set data.ecr.existing: true to use the other environment's repositories",
    });
  const mail = mailOf(settings);
  if (mail?.existingIdentity === false)
    values.push({
      path: "wave.mail.domain",
      value: `${mail.domain} in ${region}`,
      what: "mail domain that both manage",
      fix: "set wave.mail.existingIdentity: true in one of the two",
    });
  return values;
}
