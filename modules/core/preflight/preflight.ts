import { Construct } from "constructs";
import { type Settings } from "../../schema";
import { checkAdmins, checkDeployer } from "./access";
import { checkCertificate, checkHostedZone, checkMailIdentity } from "./domain";
import { checkInstanceTypes, checkZones } from "./region";
import { checkRepositories, checkSecrets } from "./stores";

/** Properties of `Preflight`. */
export interface PreflightProps {
  readonly settings: Settings;
}

/**
 * What the account must have before anything is made: data sources only, with conditions, read while planning
 * (DEC-21, DEC-27, DEC-40). They serve all four stacks and stand in the first, so that a mistake costs a minute.
 */
export class Preflight extends Construct {
  constructor(scope: Construct, id: string, { settings }: PreflightProps) {
    super(scope, id);
    checkDeployer(this, settings);
    checkAdmins(this, settings);
    checkZones(this, settings);
    checkInstanceTypes(this, settings);
    checkHostedZone(this, settings);
    checkCertificate(this, settings);
    checkMailIdentity(this, settings);
    checkSecrets(this, settings);
    checkRepositories(this, settings);
  }
}
