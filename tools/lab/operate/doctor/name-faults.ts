import { namesOf } from "../../../../modules/lib/names";
import { requireWave } from "../../../../modules/schema";
import {
  type Aws,
  awsRequest,
  iamCall,
  restCall,
  strangerKey,
  targetCall,
} from "../../aws/client";
import { type Lab } from "../../lab";
import { labAccount } from "../../settings";
import { type Fault, type Ward } from "./fault";

const ecr = (aws: Aws, operation: string, input: object) =>
  targetCall(
    aws,
    "ecr",
    `AmazonEC2ContainerRegistry_V20150921.${operation}`,
    input,
  );
const prefixOf = ({ lab }: Ward): string => namesOf(lab.settings).prefix;

const mailDomain = ({ settings }: Lab): string =>
  requireWave(settings).wave.mail?.domain ?? "";

/** Of names that somebody has already, and of mail. */
export const NAME_FAULTS: readonly Fault[] = [
  {
    name: "SES is in the sandbox",
    path: "wave.mail",
    says: /sandbox/,
    severity: "know",
    seed: ({ lab }) =>
      restCall(lab.aws, "ses", "POST", "/v2/email/account/details", {
        ProductionAccessEnabled: false,
      }),
    fix: ({ lab }) =>
      restCall(lab.aws, "ses", "POST", "/v2/email/account/details", {
        ProductionAccessEnabled: true,
      }),
  },
  {
    name: "SES sends nothing",
    path: "wave.mail",
    says: /paused/,
    severity: "know",
    seed: ({ lab }) =>
      restCall(lab.aws, "ses", "PUT", "/v2/email/account/sending", {
        SendingEnabled: false,
      }),
    fix: ({ lab }) =>
      restCall(lab.aws, "ses", "PUT", "/v2/email/account/sending", {
        SendingEnabled: true,
      }),
  },
  {
    name: "an identity of SES that nobody made",
    path: "wave.mail.existingIdentity",
    says: /no identity/,
    patch: { wave: { mail: { existingIdentity: true } } },
  },
  {
    name: "the identity of SES is there already",
    path: "wave.mail.domain",
    says: /already/,
    seed: ({ lab }) =>
      restCall(lab.aws, "ses", "POST", "/v2/email/identities", {
        EmailIdentity: mailDomain(lab),
      }),
    fix: ({ lab }) =>
      restCall(
        lab.aws,
        "ses",
        "DELETE",
        `/v2/email/identities/${mailDomain(lab)}`,
      ),
  },
  {
    name: "a role has a name of ours",
    path: "name",
    says: /a role .*already/,
    seed: ({ lab }) =>
      iamCall(lab.aws, "CreateRole", {
        RoleName: namesOf(lab.settings).iam("cluster-autoscaler"),
        AssumeRolePolicyDocument: "{}",
      }),
    fix: ({ lab }) =>
      iamCall(lab.aws, "DeleteRole", {
        RoleName: namesOf(lab.settings).iam("cluster-autoscaler"),
      }),
  },
  {
    name: "a repository has a name of ours",
    path: "name",
    says: /a repository .*already/,
    seed: (ward) =>
      ecr(ward.lab.aws, "CreateRepository", {
        repositoryName: `${prefixOf(ward)}/build`,
      }),
    fix: (ward) =>
      ecr(ward.lab.aws, "DeleteRepository", {
        repositoryName: `${prefixOf(ward)}/build`,
      }),
  },
  {
    name: "a bucket of another account has a name of ours",
    path: "name",
    says: /somebody else/,
    seed: (ward) =>
      awsRequest({ ...ward.lab.aws, accessKey: strangerKey }, "s3", {
        method: "PUT",
        path: `/${prefixOf(ward)}-logs-${labAccount}`,
      }),
    fix: (ward) =>
      awsRequest({ ...ward.lab.aws, accessKey: strangerKey }, "s3", {
        method: "DELETE",
        path: `/${prefixOf(ward)}-logs-${labAccount}`,
      }),
  },
];
