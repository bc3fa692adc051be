import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../lib/policy";
import { type PlaceholderValues } from "../lib/template";
import { type ComputeEnvSettings } from "./settings/schema";

type Place = Pick<ComputeEnvSettings, "region">;

/** A document of `policies/compute-env`, in the partition of the region. */
export const computeEnvPolicy = (
  file: string,
  { region }: Place,
  values: PlaceholderValues,
): PolicyDocument =>
  readPolicy(`compute-env/${file}`, partitionOf(region), values);

/** Use of keys through S3: `read-keys.json` or `write-keys.json`; none without a key. */
export const keyPolicies = (
  file: "read-keys.json" | "write-keys.json",
  place: Place,
  arns: readonly string[],
): PolicyDocument[] =>
  arns.length === 0
    ? []
    : [
        computeEnvPolicy(file, place, {
          KEY_ARNS: [...arns],
          DNS_SUFFIX: dnsSuffixOf(place.region),
        }),
      ];
