import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { statePrefix } from "../../../modules/core/state/state-location";
import { dnsSuffixOf, partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";
import { type Settings } from "../../../modules/schema";
import { deployerPolicies } from "../../operate/deployer/documents";
import { paths } from "../paths";

/**
 * Gives the deployer the policies of an environment, as an operator attaches what `npm run deployer-policy` and the state stack
 * print. Those of earlier settings and of other environments stay attached: a change also takes away what was.
 */
export const attachDeployerPolicies = (settings: Settings): void => {
  attachPolicies([
    ...Object.values(deployerPolicies(settings)),
    ofState(settings),
  ]);
};

/** Gives the deployer these policies too. */
export function attachPolicies(documents: readonly PolicyDocument[]): void {
  const file = paths.deployerPolicies;
  const attached = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as PolicyDocument[])
    : [];
  const all = new Map(
    [...attached, ...documents].map((document) => [
      JSON.stringify(document),
      document,
    ]),
  );
  writeFileSync(`${file}.new`, JSON.stringify([...all.values()]));
  renameSync(`${file}.new`, file);
}

function ofState(settings: Settings): PolicyDocument {
  const { region, accountId, backend } = settings;
  return readPolicy("state/deployer.json", partitionOf(region), {
    BUCKET: backend.kind === "s3" ? backend.bucket : "",
    KEY_PREFIX: statePrefix(settings),
    // Only AWS knows its id.
    KEY_ARN: `arn:aws:kms:${region}:${accountId}:key/*`,
    REGION: region,
    DNS_SUFFIX: dnsSuffixOf(region),
  });
}
