import { sleep } from "../system/process";

/** What happens to the answers of operations that were carried out; operations as `secretsmanager.PutSecretValue`. */
export class ResponseFaults {
  private readonly drops = new Map<string, number>();
  private readonly delays = new Map<string, number>();
  private readonly failures: LateFailure[] = [];

  /** The next answers of an operation are never sent. */
  drop(operation: string, times: number): void {
    this.drops.set(operation, times);
  }

  /** The next answer of an operation is sent late. */
  delay(operation: string, seconds: number): void {
    this.delays.set(operation, seconds);
  }

  /** Once `created` has been carried out, the next call of `then` is refused: something exists, and its creation fails. */
  failLate(created: string, then: string): void {
    this.failures.push({
      created: new RegExp(`^${created}$`),
      then: new RegExp(`^${then}$`),
      armed: false,
    });
  }

  /** Hears of an operation that was carried out. */
  saw(operation: string): void {
    for (const failure of this.failures)
      if (failure.created.test(operation)) failure.armed = true;
  }

  /** @returns whether a call is refused; each failure does so once. */
  takeFailure(operation: string): boolean {
    const index = this.failures.findIndex(
      ({ armed, then }) => armed && then.test(operation),
    );
    if (index >= 0) this.failures.splice(index, 1);
    return index >= 0;
  }

  /** Failures that did not happen yet. */
  get waiting(): number {
    return this.failures.length;
  }

  /** Counts one answer. @returns whether it is dropped. */
  takeDrop(operation: string): boolean {
    const left = this.drops.get(operation) ?? 0;
    if (left > 0) this.drops.set(operation, left - 1);
    return left > 0;
  }

  /** Ends when the answer may be sent. */
  async wait(operation: string): Promise<void> {
    const seconds = this.delays.get(operation);
    if (seconds === undefined) return;
    this.delays.delete(operation);
    await sleep(seconds * 1000);
  }
}

interface LateFailure {
  readonly created: RegExp;
  readonly then: RegExp;
  armed: boolean;
}
