/** An image before its name is taken apart. Without a name it is not started. */
export interface Entry {
  readonly image: string | undefined;
  readonly product: string;
  readonly startedBy: string;
  readonly setting?: string;
  readonly architectures?: readonly string[];
}

/** Architectures of nodes that the settings may ask for. */
export const BOTH = ["amd64", "arm64"];
