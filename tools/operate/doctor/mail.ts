import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from "@aws-sdk/client-sesv2";
import { hasWave } from "../../../modules/schema";
import { mailOf } from "../../../modules/wave/release/line";
import { errorName } from "../aws/errors";
import { type Check, type Finding } from "./check";
import { type Examined } from "./examined";

/** Where Wave sends mail: the region has SES, it sends to everybody, and an identity that exists is verified. */
export function mailChecks(examined: Examined): Check[] {
  const { settings } = examined;
  const mail = hasWave(settings) ? mailOf(settings) : undefined;
  if (mail === undefined) return [];
  return [
    { about: "SES account", ask: () => account(examined) },
    ...(mail.existingIdentity
      ? [
          {
            about: `SES identity ${mail.domain}`,
            ask: () => identity(examined, mail.domain),
          },
        ]
      : []),
  ];
}

async function account({
  aws,
  settings: { region },
}: Examined): Promise<Finding[]> {
  try {
    const { ProductionAccessEnabled, SendingEnabled } = await aws
      .client(SESv2Client)
      .send(new GetAccountCommand({}));
    return [
      ...(ProductionAccessEnabled === true
        ? []
        : [
            {
              path: "wave.mail",
              found: `SES in ${region} is in the sandbox: it sends to verified addresses only`,
              fix: `ask AWS for production access: aws sesv2 put-account-details --region ${region} --production-access-enabled …`,
              severity: "know" as const,
            },
          ]),
      ...(SendingEnabled === false
        ? [
            {
              path: "wave.mail",
              found: `SES in ${region} sends nothing: sending is paused for the account`,
              fix: `aws sesv2 put-account-sending-attributes --region ${region} --sending-enabled, unless AWS has paused it`,
              severity: "know" as const,
            },
          ]
        : []),
    ];
  } catch (error) {
    // The caller was asked already, so there is a network.
    if ((error as { code?: unknown }).code !== "ENOTFOUND") throw error;
    return [
      {
        path: "wave.mail",
        found: `DNS knows no SES in ${region}`,
        fix: "take wave.mail away, or choose a region that has SES",
        severity: "stops",
      },
    ];
  }
}

async function identity(
  { aws, settings: { region } }: Examined,
  domain: string,
): Promise<Finding[]> {
  const verified = await aws
    .client(SESv2Client)
    .send(new GetEmailIdentityCommand({ EmailIdentity: domain }))
    .then(({ VerifiedForSendingStatus }) => VerifiedForSendingStatus)
    .catch((error: unknown) => {
      if (errorName(error) === "NotFoundException") return undefined;
      throw error;
    });
  if (verified === true) return [];
  return [
    {
      path: "wave.mail.existingIdentity",
      found:
        verified === undefined
          ? `true, and SES in ${region} has no identity ${domain}`
          : `true, and SES in ${region} has not verified ${domain}`,
      fix: "finish its DKIM records first, or set existingIdentity to false",
      severity: "stops",
    },
  ];
}
