import { type Operation, jsonAnswer, jsonOf } from "../call";

/** Whether the account has left the sandbox, and may send: it has, until somebody says otherwise. */
export function accountOperations(): Operation[] {
  let ProductionAccessEnabled = true;
  let SendingEnabled = true;
  return [
    {
      name: "GetAccount",
      route: "GET /v2/email/account",
      answer: () =>
        jsonAnswer({
          ProductionAccessEnabled,
          SendingEnabled,
          EnforcementStatus: "HEALTHY",
          DedicatedIpAutoWarmupEnabled: true,
          SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14 },
        }),
    },
    {
      name: "PutAccountDetails",
      route: "POST /v2/email/account/details",
      answer: (call) => {
        const input = jsonOf(call) as { ProductionAccessEnabled?: boolean };
        ProductionAccessEnabled = input.ProductionAccessEnabled === true;
        return jsonAnswer({});
      },
    },
    {
      name: "PutAccountSendingAttributes",
      route: "PUT /v2/email/account/sending",
      answer: (call) => {
        const input = jsonOf(call) as { SendingEnabled?: boolean };
        SendingEnabled = input.SendingEnabled === true;
        return jsonAnswer({});
      },
    },
  ];
}
