interface LeftOut {
  readonly types: string;
  readonly paths: readonly string[];
  readonly changes?: readonly string[];
  readonly reason: string;
}
export const LEFT_OUT: readonly LeftOut[] = [];
export function isLeftOut(type: string, path: string, change: string): boolean {
  void type;
  void path;
  void change;
  return false;
}
