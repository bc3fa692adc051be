import { type Construct } from "constructs";
import { AssumedRole } from "../../aws/iam/assumed-role";
import { type IrsaRole } from "../../aws/iam/irsa-role";
import { type TrustedProvider } from "../../aws/iam/role-trust";
import {
  certificateAlarms,
  mailAlarms,
} from "../../aws/cloudwatch/identity-alarms";
import { type DataOutputs } from "../../contracts/data";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { createAlarms } from "../../core/observability/alarms";
import {
  createServiceAccountRoles,
  roleDefaults,
} from "../../core/service-account-roles";
import { mailOf } from "../release/line";
import { withRelease } from "../release/release";
import { type WaveSettings } from "../settings/schema";
import { createCertificate } from "./certificate";
import { createMailDomain } from "./mail-domain";
import { createEcrKeyPolicy, guardRepositories } from "./repository-access";
import { WAVE_ROLE_NAMES, type WaveRoles, waveRoles } from "./roles";

/** What Wave's identity stands on. */
export interface WaveIdentityProps {
  readonly settings: WaveSettings;
  readonly data: DataOutputs;
  readonly network: Pick<NetworkOutputs, "alarmTopicArn">;
  /** Of the cluster; trusts of service accounts name it. */
  readonly provider: TrustedProvider;
}

/** For the other stacks, and for the operator. */
export interface WaveIdentity {
  readonly outputs: Partial<IdentityOutputs>;
  readonly notes: {
    /** Policy of the ECR key's user; empty without such a key, undefined on the current line. */
    readonly ecrKeyPolicyArn: string | undefined;
    /** Records the operator has to make, by name. */
    readonly mailDnsRecords: Readonly<Record<string, string>>;
  };
}

/** Creates what Wave may do in AWS, and as whom it is known: roles, guard of the repositories, certificate, mail domain. */
export function createWaveIdentity(
  scope: Construct,
  props: WaveIdentityProps,
): WaveIdentity {
  const settings = withRelease(props.settings);
  const { data, provider } = props;
  const wave = waveRoles(settings, data);
  const { server, build, cache, export: exporter } = WAVE_ROLE_NAMES;
  const roles = createServiceAccountRoles(scope, settings, provider, {
    [server]: wave.server,
    [build]: wave.build,
    [cache]: wave.cache,
    [exporter]: wave.export,
  });
  const ecrRoleArn = createEcrRole(scope, settings, wave, roles[server]);
  const buildRoleArn = roles[build]?.arn;
  guardRepositories(scope, settings, data, ecrRoleArn ?? buildRoleArn);
  const certificateArn = createCertificate(scope, settings);
  createAlarms(
    scope,
    settings,
    props.network,
    "certificate",
    certificateAlarms(certificateArn),
  );
  if (mailOf(settings) !== undefined)
    createAlarms(scope, settings, props.network, "mail", mailAlarms);
  return {
    outputs: {
      serverRoleArn: roles[server]?.arn,
      buildRoleArn,
      exportRoleArn: roles[exporter]?.arn,
      ecrRoleArn,
      cacheRoleArn: roles[cache]?.arn,
      certificateArn,
    },
    notes: {
      ecrKeyPolicyArn: createEcrKeyPolicy(scope, settings, data),
      mailDnsRecords: createMailDomain(scope, settings),
    },
  };
}

/** The role behind Wave's login to ECR, which the server's role takes. Undefined where there is none. */
function createEcrRole(
  scope: Construct,
  settings: WaveSettings,
  { ecr }: WaveRoles,
  server: IrsaRole | undefined,
): string | undefined {
  if (ecr === undefined || server === undefined) return undefined;
  const id = WAVE_ROLE_NAMES.ecr;
  return new AssumedRole(scope, id, {
    ...ecr,
    ...roleDefaults(settings, id),
    assumedBy: server.resource,
  }).arn;
}
