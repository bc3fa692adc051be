import { mkdirSync } from "node:fs";
import { projectFile } from "../../modules/lib/project-file";

/** Files of the lab; all of them below `.lab`, which git ignores. */
export const paths = {
  root: projectFile("."),
  /** Settings of this run, one file `lab.yaml`. */
  settings: projectFile(".lab", "settings"),
  /** Synthesized stacks. */
  output: projectFile(".lab", "out"),
  logs: projectFile(".lab", "logs"),
  /** Last plans of each line, for `npm run checkov`. */
  plans: projectFile(".lab", "plans"),
  requestLog: projectFile(".lab", "logs", "requests.jsonl"),
  /** Provider mirror and the CLI configuration that names it. */
  mirror: projectFile(".lab", "mirror"),
  cliConfig: projectFile(".lab", "terraform.rc"),
  /** Python environment, made when no moto of the pinned version is found. */
  venv: projectFile(".lab", "venv"),
  requirements: projectFile("tools/lab/aws/requirements.txt"),
  /** Policies of the deployer, as the lab attached them. */
  deployerPolicies: projectFile(".lab", "deployer-policies.json"),
  /** Process ids and endpoint of a running emulator. */
  emulator: projectFile(".lab", "emulator.json"),
  /** Keys, data and kubeconfigs of the lab's own clusters. */
  kube: projectFile(".lab", "kube"),
  /** VPC and cluster that somebody else makes: working folder and state. */
  foreign: projectFile(".lab", "foreign"),
  /** Folders of the pods of a twin run, by mode. */
  twin: projectFile(".lab", "twin"),
  /** What Nextflow writes, by environment. */
  nextflow: projectFile(".lab", "nextflow"),
  /** Git repository, logins and artifacts of Flux's controllers, by environment. */
  flux: projectFile(".lab", "flux"),
  /** Copies of what is applied, in which settings are flipped. */
  flips: projectFile(".lab", "flips"),
  /** Settings and stacks of an older version of this project. */
  older: projectFile(".lab", "older"),
};

/** Folder of one of the lab's own clusters. */
export const kubeFolder = (cluster: string): string =>
  projectFile(".lab", "kube", cluster);

export const logFile = (step: string): string => {
  mkdirSync(paths.logs, { recursive: true });
  return `${paths.logs}/${step}.log`;
};
