import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { emgFacts } from "../../../modules/emg/facts";
import {
  type Settings,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../../modules/schema";
import { errorName } from "../aws/errors";
import { type Check, type Finding } from "./check";
import { type Examined } from "./examined";

/** A certificate that exists, and what it has to hold. */
interface Given {
  readonly path: string;
  readonly arn: string;
  /** Host names, and `*.` of all below a name. */
  readonly hosts: readonly string[];
}

/** ACM renews a certificate of its own 60 days before its end: one that is nearer its end was not renewed. */
const SOON_DAYS = 30;

const DAY_MS = 86_400_000;

/** Certificates that the settings name: issued, in the region, for the hosts, and not at their end. */
export const certificateChecks = (examined: Examined): Check[] =>
  givenIn(examined.settings).map((given) => ({
    about: `certificate of ${given.path}`,
    ask: () => look(examined, given),
  }));

function givenIn(settings: Settings): Given[] {
  const { certificateArn } = settings.dns;
  const tls = hasDelivery(settings) ? settings.delivery.tls : undefined;
  return [
    ...(hasWave(settings) && certificateArn !== undefined
      ? [
          {
            path: "dns.certificateArn",
            arn: certificateArn,
            hosts: [settings.wave.hostname],
          },
        ]
      : []),
    ...(hasEmg(settings) && settings.emg.certificateArn !== undefined
      ? [
          {
            path: "emg.certificateArn",
            arn: settings.emg.certificateArn,
            hosts: emgFacts(settings).hosts.map(({ name }) => name),
          },
        ]
      : []),
    ...(hasDelivery(settings) && tls?.kind === "acmExisting"
      ? [
          {
            path: "delivery.tls.certificateArn",
            arn: tls.certificateArn,
            hosts: [`*.${settings.delivery.domain}`],
          },
        ]
      : []),
  ];
}

async function look(
  { aws, settings, now }: Examined,
  { path, arn, hosts }: Given,
): Promise<Finding[]> {
  const region = arn.split(":")[3] ?? "";
  const stops = (found: string, fix: string): Finding => ({
    path,
    found,
    fix,
    severity: "stops",
  });
  const another = `write the ARN of an issued certificate of ${settings.region}, or take ${path} away, and one is requested`;
  if (region !== settings.region)
    return [
      stops(
        `a certificate of ${region}: a load balancer of ${settings.region} takes none of another region`,
        another,
      ),
    ];
  const certificate = await describe(aws.client(ACMClient), arn);
  if (certificate === undefined)
    return [stops(`ACM in ${region} has no certificate ${arn}`, another)];
  const { Status = "", NotAfter } = certificate;
  if (Status !== "ISSUED")
    return [
      stops(
        `its status is ${Status}`,
        Status === "PENDING_VALIDATION"
          ? "write its validation records into DNS: aws acm describe-certificate shows them"
          : another,
      ),
    ];
  const names = [
    certificate.DomainName ?? "",
    ...(certificate.SubjectAlternativeNames ?? []),
  ];
  const days = NotAfter && Math.floor((+NotAfter - +now) / DAY_MS);
  return [
    ...hosts
      .filter((host) => !names.some((name) => covers(name, host)))
      .map((host) =>
        stops(
          `it holds ${[...new Set(names)].join(", ")}, and not ${host}`,
          `write the ARN of a certificate that holds ${host}`,
        ),
      ),
    ...(days === undefined || days > SOON_DAYS
      ? []
      : [
          {
            path,
            found: days < 0 ? "it has ended" : `it ends in ${days} days`,
            fix: "renew it: by its DNS validation records for one of ACM, by a new import for one of yours",
            severity: days < 0 ? ("stops" as const) : ("know" as const),
          },
        ]),
  ];
}

async function describe(acm: ACMClient, CertificateArn: string) {
  try {
    const { Certificate } = await acm.send(
      new DescribeCertificateCommand({ CertificateArn }),
    );
    return Certificate;
  } catch (error) {
    if (errorName(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** A wildcard stands for one label. */
function covers(name: string, host: string): boolean {
  const [wanted, given] = [host.toLowerCase(), name.toLowerCase()];
  return (
    given === wanted ||
    (given.startsWith("*.") &&
      !wanted.startsWith("*.") &&
      wanted.slice(wanted.indexOf(".")) === given.slice(1))
  );
}
