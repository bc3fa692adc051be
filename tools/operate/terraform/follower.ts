/** What a deploy or destroy printed about one stack. */
export interface StackProgress {
  readonly stack: string;
  readonly started: number;
  /** Resources created, changed or destroyed so far. */
  resources: number;
  /** Set when Terraform printed that it is through. */
  seconds?: number;
}

/**
 * Reads the output of the CLI. The first of several lines begins with its stack's name; the others follow at once, after spaces
 * in cdktf, as they are in cdktn.
 */
export class Follower {
  readonly progress = new Map<string, StackProgress>();
  private current: string | undefined;

  constructor(
    private readonly stacks: readonly string[],
    private readonly print: (text: string) => void,
  ) {}

  read(line: string): void {
    this.current =
      this.stacks.find((id) => line.startsWith(`${id}  `)) ?? this.current;
    if (this.current === undefined) return;
    const stack = this.progressOf(this.current, line);
    if (stack) this.follow(stack, line);
  }

  /**
   * A stack's time runs from its first look at a resource: `terraform init` of all stacks comes before. One without resources
   * looks at none.
   */
  private progressOf(stack: string, line: string): StackProgress | undefined {
    if (
      !this.progress.has(stack) &&
      /: (Refreshing state|Reading|Creating)\.\.\.|No changes\. /.test(line)
    )
      this.progress.set(stack, { stack, started: Date.now(), resources: 0 });
    return this.progress.get(stack);
  }

  private follow(stack: StackProgress, line: string): void {
    if (/: (Creation|Modifications|Destruction) complete after/.test(line)) {
      stack.resources += 1;
      if (stack.resources % 20 === 0)
        this.print(`${stack.stack}: ${stack.resources} resources`);
    }
    const complete = /(Apply|Destroy) complete! Resources: (\d+)/.exec(line);
    if (!complete) return;
    stack.resources = Number(complete[2]);
    stack.seconds = Math.round((Date.now() - stack.started) / 1000);
    this.print(`${stack.stack}: ${line.slice(complete.index).trim()}`);
  }
}
