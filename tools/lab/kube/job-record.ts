import { sleep } from "../system/process";
import { type KubeApi } from "./api";

/** A Job as the API server had it last. kwok says of the pod of each that it has succeeded. */
export interface SeenJob {
  readonly name: string;
  readonly uid: string;
  readonly image: string;
  readonly isComplete: boolean;
  /** Pods that have failed. */
  readonly failed: number;
}

/** What is read of a Job. */
interface LivingJob {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly { image: string }[] };
    };
  };
  readonly status: {
    readonly failed?: number;
    readonly conditions?: readonly { type: string; status: string }[];
  };
}

/** Remembers every Job of a namespace, because Terraform deletes one when another takes its place. */
export class JobRecord {
  private readonly jobs = new Map<string, SeenJob>();
  private over = false;

  constructor(
    private readonly api: KubeApi,
    private readonly namespace: string,
  ) {}

  /** Looks until `stop`. */
  start(): void {
    void this.watch();
  }

  stop(): void {
    this.over = true;
  }

  /** All that were ever seen, in the order in which they came. */
  async seen(): Promise<readonly SeenJob[]> {
    await this.look();
    return [...this.jobs.values()];
  }

  private async watch(): Promise<void> {
    while (!this.over) {
      await this.look().catch(() => undefined);
      await sleep(500);
    }
  }

  private async look(): Promise<void> {
    const { items } = (await this.api.call(
      "GET",
      `/apis/batch/v1/namespaces/${this.namespace}/jobs`,
    )) as { items: LivingJob[] };
    for (const { metadata, spec, status } of items)
      this.jobs.set(metadata.uid, {
        name: metadata.name,
        uid: metadata.uid,
        image: spec.template.spec.containers[0]?.image ?? "",
        isComplete: (status.conditions ?? []).some(
          (one) => one.type === "Complete" && one.status === "True",
        ),
        failed: status.failed ?? 0,
      });
  }
}
