/** What the labels of an object say. */
export interface ObjectLabels {
  /** Value of `app`: selectors and policies rely on it. */
  readonly app: string;
  /** Its part in the whole: `server`, `database`. */
  readonly component: string;
  /** The whole: `wave`. */
  readonly partOf: string;
}

/** The label `app`, and those that Kubernetes recommends. */
export const objectLabels = ({
  app,
  component,
  partOf,
}: ObjectLabels): Record<string, string> & { readonly app: string } => ({
  app,
  "app.kubernetes.io/name": app,
  "app.kubernetes.io/component": component,
  "app.kubernetes.io/part-of": partOf,
  "app.kubernetes.io/managed-by": "terraform",
});
