import { objectLabels } from "../../kubernetes/labels";

/** Value of Wave's label `app`: upstream's name. Selectors, policies and the runbook's commands rely on it. */
export const WAVE_APP = "wave-app";

/**
 * Labels of one of Wave's objects: upstream's `app`, and the labels that Kubernetes recommends.
 *
 * @param app Value of `app`.
 * @param component Part of Wave: `server`, `build`, `database`.
 */
export const labelsOf = (
  app: string,
  component: string,
): Record<string, string> => objectLabels({ app, component, partOf: "wave" });
