import { exampleOf, synthesize } from "../audit/synthesized";
import { graphOf } from "../audit/graph";
import { type LabRecord } from "../lab/report";
import { networkPicture } from "./network";
import { networkFacts } from "./network-facts";
import { stackFacts, stacksPicture } from "./stacks";
import { terminalPicture } from "./terminal";

/** The environment that the pictures show: the line for new installations. */
const EXAMPLE = "example-current.yaml";
const STACKS = ["network", "data", "identity", "workloads"];

/** The pictures of README and docs by their paths: from the JSON of an example, and from a run of the lab. */
export function pictureFiles(
  record: LabRecord | undefined,
): Record<string, string> {
  const stacks = synthesize(exampleOf(EXAMPLE));
  return {
    "docs/pictures/stacks.svg": stacksPicture(stackFacts(stacks, STACKS)),
    "docs/pictures/network.svg": networkPicture(networkFacts(graphOf(stacks))),
    ...(record !== undefined && {
      "docs/pictures/lab.svg": terminalPicture(record),
    }),
  };
}
