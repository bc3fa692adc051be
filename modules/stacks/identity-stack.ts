import { type Construct } from "constructs";
import { IrsaRole, type ServiceAccountRole } from "../aws/irsa-role";
import { OidcProvider } from "../aws/oidc-provider";
import { readDataOutputs } from "../contracts/data";
import { writeIdentityOutputs } from "../contracts/identity";
import { readNetworkOutputs } from "../contracts/network";
import { readState } from "../contracts/remote-state";
import { controllerRoles } from "../k8s/controller-roles";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { type Settings } from "../settings/schema";
import { certificateArnOf } from "../wave/certificate";
import { placeMailDomain } from "../wave/mail-domain";
import {
  guardRepositories,
  placeEcrKeyPolicy,
} from "../wave/repository-access";
import { waveRoles } from "../wave/roles";
import { BaseStack } from "./base-stack";

/** Who may do what in AWS: roles of workloads and controllers, certificate, mail (DEC-10). */
export class IdentityStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "identity", settings);
    const network = readNetworkOutputs(
      readState(this, settings, "network"),
      settings.network.zones,
    );
    const data = readDataOutputs(readState(this, settings, "data"));

    const provider = new OidcProvider(this, "oidc-provider", {
      name: namesOf(settings).of("oidc"),
      issuer: network.oidcIssuer,
      retain: settings.retain,
    });
    const wave = waveRoles(settings, data);
    const controllers = controllerRoles(settings, { network, data });
    const roles = this.placeRoles(provider, {
      "wave-server": wave.server,
      "wave-build": wave.build,
      "surreal-export": wave.export,
      "efs-csi-controller": controllers.efsCsiController,
      "efs-csi-node": controllers.efsCsiNode,
      "load-balancer-controller": controllers.loadBalancerController,
    });
    guardRepositories(this, settings, data, roles["wave-build"]);

    writeIdentityOutputs(this, {
      serverRoleArn: roles["wave-server"],
      buildRoleArn: roles["wave-build"],
      exportRoleArn: roles["surreal-export"],
      efsCsiControllerRoleArn: roles["efs-csi-controller"],
      efsCsiNodeRoleArn: roles["efs-csi-node"],
      loadBalancerControllerRoleArn: roles["load-balancer-controller"],
      certificateArn: certificateArnOf(this, settings),
      ecrKeyPolicyArn: placeEcrKeyPolicy(this, settings, data),
      mailDnsRecords: placeMailDomain(this, settings),
    });
  }

  /** One role per service account; the key is the construct's id and ends the role's name. */
  private placeRoles<Id extends string>(
    provider: OidcProvider,
    roles: Record<Id, ServiceAccountRole>,
  ): Record<Id, string> {
    const { region, iam } = this.settings;
    const entries = Object.entries<ServiceAccountRole>(roles);
    const arns = entries.map(([id, role]) => {
      const { arn } = new IrsaRole(this, id, {
        ...role,
        ...iam,
        name: namesOf(this.settings).iam(id),
        partition: partitionOf(region),
        provider,
      });
      return [id, arn];
    });
    return Object.fromEntries(arns) as Record<Id, string>;
  }
}
