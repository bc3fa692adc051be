import { type Construct } from "constructs";
import { Preflight } from "../core/preflight/preflight";
import { createFiles } from "./files";
import { createFusion } from "./fusion";
import { storageExpectations } from "./preflight";
import { type Scratch, type ScratchInputs } from "./scratch-inputs";

/** The storage of the settings, as far as it is made here. */
export function createScratch(
  scope: Construct,
  inputs: ScratchInputs,
): Scratch {
  const { storage } = inputs.settings.computeEnv;
  new Preflight(scope, "running-storage", {
    expectations: storageExpectations(inputs.settings),
  });
  switch (storage.kind) {
    case "efs":
      return { kind: "efs", ...createFiles(scope, inputs, storage) };
    case "fusion":
      return { kind: "fusion", ...createFusion(scope, inputs, storage) };
    default:
      return { kind: storage.kind, dependsOn: [] };
  }
}
