import { arnRule } from "../../core/rules/arns";
import { firstNameProblems } from "../../core/rules/certificate";
import {
  inboundProblems,
  schemeProblems,
  webAclProblems,
} from "../../core/rules/load-balancer";
import { growthProblems } from "../../core/rules/postgres";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { zoneIdOf } from "../names";
import { type EmgSettings } from "../settings/schema";

type EmgRule = Rule<EmgSettings>;

/** Each pair of ranges is a rule of the load balancer for three paths, and it takes 100. */
const MOST_RANGES = 20;

const loadBalancer: EmgRule = (settings) => {
  const { inboundCidrs, prefectCidrs, scheme, wafAclArn } =
    settings.emg.ingress;
  return [
    ...schemeProblems(settings, "emg.ingress.scheme", scheme),
    ...inboundProblems("emg.ingress", inboundCidrs),
    ...webAclProblems(settings, "emg.ingress.wafAclArn", wafAclArn),
    ...when(prefectCidrs.length > MOST_RANGES, () => ({
      path: "emg.ingress.prefectCidrs",
      given: `${prefectCidrs.length} ranges`,
      allowed: `at most ${MOST_RANGES}`,
      fix: "join neighbours to wider ranges",
    })),
    ...eachOnce("emg.ingress.prefectCidrs", prefectCidrs),
  ];
};

const webAcl = arnRule<EmgSettings>(({ emg, region }) => ({
  path: "emg.ingress.wafAclArn",
  arn: emg.ingress.wafAclArn,
  region,
}));

const certificate = arnRule<EmgSettings>(({ emg, region, accountId }) => ({
  path: "emg.certificateArn",
  arn: emg.certificateArn,
  region,
  account: accountId,
}));

const hosts: EmgRule = ({ emg: { api, certificateArn, prefect } }) => [
  ...when(api?.host === prefect.host, () => ({
    path: "emg.api.host",
    given: `"${prefect.host}", the host of Prefect too`,
    allowed: "a host name of its own",
    fix: "choose another one for one of the two",
  })),
  ...(certificateArn === undefined
    ? firstNameProblems(
        "emg.prefect.host",
        prefect.host,
        "with a certificate that is requested here",
        "choose a shorter name, or write the ARN of a certificate of your own to emg.certificateArn",
      )
    : []),
];

const zoneOrCertificate: EmgRule = (settings) =>
  when(
    zoneIdOf(settings) === undefined &&
      settings.emg.certificateArn === undefined,
    () => ({
      path: "emg.hostedZoneId",
      given: "nothing, and neither dns.hostedZoneId nor emg.certificateArn",
      allowed: `the id of the zone that holds ${settings.emg.prefect.host}`,
      fix: "add it; without a zone write emg.certificateArn, and make the records by hand: the outputs name them",
    }),
  );

/** Prefect's documents: "PostgreSQL 14.9 or higher" (https://docs.prefect.io/v3/advanced/self-hosted). */
const database: EmgRule = ({ emg: { database } }) => {
  if (database.kind === "external")
    return eachOnce("emg.database.cidrs", database.cidrs);
  const [major = 0, minor = Infinity] = database.engineVersion
    .split(".")
    .map(Number);
  return [
    ...when(major < 14 || (major === 14 && minor < 9), () => ({
      path: "emg.database.engineVersion",
      given: `"${database.engineVersion}"`,
      allowed: "14.9 or later",
      fix: 'choose "17": Prefect needs PostgreSQL 14.9 or later',
    })),
    ...growthProblems("emg.database", database),
  ];
};

export const ingressRules = [
  loadBalancer,
  webAcl,
  certificate,
  hosts,
  zoneOrCertificate,
  database,
];
