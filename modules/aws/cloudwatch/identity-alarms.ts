import { type Alarms } from "./store-alarms";

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * Alarm of a certificate of ACM, which renews its own 45 days before they end.
 *
 * "Supported CloudWatch metrics" of the ACM user guide: twice a day, and not once the certificate has ended.
 *
 * @param arn ARN of the certificate.
 */
export const certificateAlarms = (arn: string): Alarms => ({
  expiry: {
    description:
      "The certificate ends in less than 30 days: ACM has not renewed it.",
    namespace: "AWS/CertificateManager",
    metricName: "DaysToExpiry",
    dimensions: { CertificateArn: arn },
    statistic: "Minimum",
    periodSeconds: DAY,
    periods: 1,
    wrong: "below",
    threshold: 30,
    // Of one that has ended there are no values any more, and it is no better for that.
    withoutValues: "as before",
  },
});

/**
 * Alarm of mails that bounce. The rate is that of the whole account and region, for which SES judges it: from a twentieth on the
 * account is reviewed, from a tenth on it may be stopped ("Monitoring your Amazon SES sender reputation" of its developer guide).
 */
export const mailAlarms: Alarms = {
  bounces: {
    description:
      "One mail of twenty bounces, of all that the account sends in this region: SES puts it under review, and stops it at one of ten.",
    namespace: "AWS/SES",
    metricName: "Reputation.BounceRate",
    dimensions: {},
    statistic: "Maximum",
    periodSeconds: HOUR,
    periods: 1,
    wrong: "above",
    threshold: 0.05,
    // Without mails there are no values, and what SES thinks of the account has not changed.
    withoutValues: "as before",
  },
};
