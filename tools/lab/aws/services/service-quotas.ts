import { type EmulatedService, AwsError, jsonAnswer, jsonOf } from "./call";

/** Values of an account that has grown, by service and code; those that AWS gives at the begin are smaller. */
const GRANTED: Readonly<Record<string, number>> = {
  "ec2 L-1216C47A": 640,
  "ec2 L-0263D0A3": 40,
  "vpc L-F678F1CE": 20,
  "vpc L-A4707A72": 20,
  "vpc L-FE5A380F": 10,
};

interface Named {
  readonly ServiceCode: string;
  readonly QuotaCode: string;
  readonly DesiredValue?: number;
}

/** Service Quotas: moto knows few. What is requested is granted at once, a smaller value too. */
export function serviceQuotasService(): EmulatedService {
  const values = new Map(Object.entries(GRANTED));
  const quotaOf = ({ ServiceCode, QuotaCode }: Named) => {
    const Value = values.get(`${ServiceCode} ${QuotaCode}`);
    if (Value === undefined)
      throw new AwsError(
        "NoSuchResourceException",
        "The request failed because the specified quota does not exist.",
      );
    return { ServiceCode, QuotaCode, Value };
  };
  return {
    service: "servicequotas",
    errors: "json",
    operations: [
      {
        name: "GetServiceQuota",
        answer: (call) => jsonAnswer({ Quota: quotaOf(jsonOf(call) as Named) }),
      },
      {
        name: "RequestServiceQuotaIncrease",
        answer: (call) => {
          const {
            ServiceCode,
            QuotaCode,
            DesiredValue = 0,
          } = jsonOf(call) as Named;
          values.set(`${ServiceCode} ${QuotaCode}`, DesiredValue);
          return jsonAnswer({ RequestedQuota: { ServiceCode, QuotaCode } });
        },
      },
    ],
  };
}
