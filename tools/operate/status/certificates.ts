import { ACMClient, DescribeCertificateCommand } from "@aws-sdk/client-acm";
import { type Settings } from "../../../modules/schema";
import { type AwsAccess } from "../aws/clients";
import { type Row, counted, dayOf, daysBetween } from "./part";
import { type StackState, textsOf } from "./states";

/** ACM renews 60 days before the end ("Managed certificate renewal"): half of that is gone. */
const FEW_DAYS = 30;

/** Certificates that were requested here, and that of the settings. */
export function certificateRows(
  states: readonly StackState[],
  { dns }: Pick<Settings, "dns">,
  aws: Pick<AwsAccess, "client">,
  now: Date,
): Promise<Row[]> {
  const arns = new Set([
    ...textsOf(states, "aws_acm_certificate", "arn"),
    ...(dns.certificateArn === undefined ? [] : [dns.certificateArn]),
  ]);
  return Promise.all(
    [...arns].map(async (CertificateArn) => {
      const { Certificate = {} } = await aws
        .client(ACMClient)
        .send(new DescribeCertificateCommand({ CertificateArn }));
      const { DomainName = CertificateArn, NotAfter, Status } = Certificate;
      const what = `certificate ${DomainName}`;
      if (Status !== "ISSUED" || NotAfter === undefined)
        return { what, found: `is ${Status ?? "unknown"}`, standing: "wrong" };
      const days = daysBetween(now, NotAfter);
      return {
        what,
        found: `ends ${dayOf(NotAfter)}, in ${counted(days, "day")}`,
        standing: days < FEW_DAYS ? "wrong" : "fine",
      };
    }),
  );
}
