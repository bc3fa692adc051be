import { sleep } from "../system/process";

/** What happens to the answers of operations that were carried out; operations as `secretsmanager.PutSecretValue`. */
export class ResponseFaults {
  private readonly drops = new Map<string, number>();
  private readonly delays = new Map<string, number>();

  /** The next answers of an operation are never sent. */
  drop(operation: string, times: number): void {
    this.drops.set(operation, times);
  }

  /** The next answer of an operation is sent late. */
  delay(operation: string, seconds: number): void {
    this.delays.set(operation, seconds);
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
