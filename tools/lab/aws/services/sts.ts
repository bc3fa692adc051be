import { type EmulatedService, queryAnswer } from "./call";
import { type World } from "./world";

/** Every caller is a session of the deployer's role, so that the preflight of `network` is tried for real. */
export function stsService({ moto, deployerRole }: World): EmulatedService {
  const role = deployerRole.split("/").at(-1) ?? "";
  return {
    service: "sts",
    errors: "query",
    operations: [
      {
        name: "GetCallerIdentity",
        answer: () =>
          queryAnswer("GetCallerIdentity", {
            Arn: `arn:aws:sts::${moto.accountId}:assumed-role/${role}/lab`,
            UserId: "AROALABLABLABLABLAB00:lab",
            Account: moto.accountId,
          }),
      },
    ],
  };
}
