import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { errorName } from "../aws/errors";
import { type Check, type Finding, NotAsked } from "./check";
import { type Examined } from "./examined";
import {
  addressUse,
  gatewayUse,
  natUse,
  type Use,
  vpcUse,
} from "./quota-network";
import { nodeUse } from "./quota-nodes";

/** A quota of Service Quotas. Codes: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
interface Quota {
  readonly about: string;
  readonly service: "ec2" | "vpc";
  readonly code: string;
  /** Undefined: the environment needs none of it. */
  readonly use: (examined: Examined) => Promise<readonly Use[]> | undefined;
}

const QUOTAS: readonly Quota[] = [
  {
    about: "vCPUs of Running On-Demand Standard instances",
    service: "ec2",
    code: "L-1216C47A",
    use: nodeUse,
  },
  {
    about: "EC2-VPC Elastic IPs",
    service: "ec2",
    code: "L-0263D0A3",
    use: addressUse,
  },
  {
    about: "VPCs per Region",
    service: "vpc",
    code: "L-F678F1CE",
    use: vpcUse,
  },
  {
    about: "Internet gateways per Region",
    service: "vpc",
    code: "L-A4707A72",
    use: gatewayUse,
  },
  {
    about: "NAT gateways per Availability Zone",
    service: "vpc",
    code: "L-FE5A380F",
    use: natUse,
  },
];

/**
 * The quotas hold what the environment needs beside what others use. What it has of its own already is counted as its need, so that
 * the answer is the same before the first deploy and after it.
 */
export const quotaChecks = (examined: Examined): Check[] =>
  QUOTAS.flatMap((quota) => {
    const use = quota.use(examined);
    if (use === undefined) return [];
    // Whoever asks first says so.
    use.catch(() => undefined);
    return [
      {
        about: `quota: ${quota.about}`,
        ask: async () => findingsOf(examined, quota, await use),
      },
    ];
  });

async function findingsOf(
  examined: Examined,
  { about, service, code }: Quota,
  uses: readonly Use[],
): Promise<Finding[]> {
  const limit = await limitOf(examined, service, code);
  const { region } = examined.settings;
  // A lesser need that does not fit says no more than the greater one.
  const [first] = uses.filter(({ others, needs }) => others + needs > limit);
  return first === undefined
    ? []
    : [
        {
          path: first.path,
          found: `${about}: the quota of ${region} is ${limit}; ${first.needs} are needed (${first.what}), and others use ${first.others}`,
          fix: `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${first.others + first.needs}; ${first.orElse}`,
          severity: first.severity,
        },
      ];
}

/** The value of the account; where it has none of its own, that of AWS. */
async function limitOf(
  { aws }: Examined,
  ServiceCode: string,
  QuotaCode: string,
): Promise<number> {
  const quotas = aws.client(ServiceQuotasClient);
  const named = { ServiceCode, QuotaCode };
  const { Quota: quota } = await quotas
    .send(new GetServiceQuotaCommand(named))
    .catch((error: unknown) => {
      if (errorName(error) !== "NoSuchResourceException") throw error;
      return quotas.send(new GetAWSDefaultServiceQuotaCommand(named));
    });
  if (quota?.Value === undefined)
    throw new NotAsked("Service Quotas names no value");
  return quota.Value;
}
