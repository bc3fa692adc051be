import { type Aws } from "../client";

/** What handlers share: moto beneath them, and who is calling. */
export interface World {
  /** Moto itself, for what a service makes in another one, such as the cluster's security group. */
  readonly moto: Aws;
  /** Role every caller plays. */
  readonly deployerRole: string;
  /** The Kubernetes APIs that EKS clusters lead to, by name; without one, endpoint and certificate are nobody's. */
  readonly kubernetes?: Readonly<Record<string, KubernetesApi | undefined>>;
}

/** Where a cluster's Kubernetes API is. */
export interface KubernetesApi {
  readonly endpoint: string;
  /** PEM. */
  readonly authority: string;
}

/** `arn:aws:<service>:<region>:<account>:<rest>`. */
export function arnIn({ moto }: World, service: string, rest: string): string {
  return `arn:aws:${service}:${moto.region}:${moto.accountId}:${rest}`;
}

let counter = 0;

/** Hexadecimal id that no other object of this run has. */
export function nextId(length: number): string {
  counter += 1;
  return counter.toString(16).padStart(length, "0");
}

/** Seconds since 1970, as AWS JSON writes times. */
export const now = (): number => Math.floor(Date.now() / 1000);
