import { targetCall } from "../client";
import { type EmulatedService, AwsError, jsonOf } from "./call";
import { type World } from "./world";

interface Described {
  readonly Certificate: { readonly InUseBy?: readonly string[] };
}

/** Certificates: moto deletes one that a load balancer uses, and lists none when one was asked for without `Export`. */
export function acmService({ moto }: World): EmulatedService {
  return {
    service: "acm",
    errors: "json",
    operations: [
      {
        name: "RequestCertificate",
        answer: (call, forward) => {
          const input = jsonOf(call) as { Options?: object };
          const Options = { Export: "DISABLED", ...input.Options };
          return forward(Buffer.from(JSON.stringify({ ...input, Options })));
        },
      },
      {
        name: "DeleteCertificate",
        answer: async (call, forward) => {
          const { CertificateArn } = jsonOf(call) as { CertificateArn: string };
          const { Certificate } = (await targetCall(
            moto,
            "acm",
            "CertificateManager.DescribeCertificate",
            { CertificateArn },
          )) as Described;
          if (Certificate.InUseBy?.length)
            throw new AwsError(
              "ResourceInUseException",
              `Certificate ${CertificateArn} is in use by ${Certificate.InUseBy.join(", ")}`,
            );
          return forward();
        },
      },
    ],
  };
}
