import { readFileSync } from "node:fs";
import { projectFile } from "../../modules/lib/project-file";

/** What tests ask of an element. The types of the DOM are no part of this project: its globals would hide misspelt names. */
export interface Element {
  readonly textContent: string;
  readonly tagName: string;
  readonly children: ArrayLike<Element>;
  hidden: boolean;
  value: string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  closest(selector: string): Element | null;
  getAttribute(name: string): string | null;
  dispatchEvent(event: unknown): void;
  click(): void;
  remove(): void;
}

/** A page in a browser without a screen. */
export interface Browser {
  readonly document: Element;
  eval(script: string): void;
  readonly Event: new (type: string) => unknown;
}

interface Axe {
  run(
    root: Element,
    options: object,
  ): Promise<{
    violations: { readonly id: string; readonly help: string }[];
  }>;
}

const { JSDOM, VirtualConsole } = jest.requireActual<{
  /** Nobody listens: what jsdom does not do is no news here. */
  VirtualConsole: new () => unknown;
  JSDOM: new (html: string, options: object) => { readonly window: Browser };
}>("jsdom");

/** Opens a page, and runs a script in it. */
export function openPage(html: string, script = ""): Browser {
  const { window } = new JSDOM(html, {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(),
  });
  window.eval(script);
  return window;
}

/** What axe finds wrong with a page. Without a layout there are no colours to compare. */
export async function axeFindings(browser: Browser): Promise<string[]> {
  browser.eval(
    readFileSync(projectFile("node_modules", "axe-core", "axe.min.js"), "utf8"),
  );
  const { axe } = browser as unknown as { readonly axe: Axe };
  const { violations } = await axe.run(browser.document, {
    rules: { "color-contrast": { enabled: false } },
  });
  return violations.map(({ id, help }) => `${id}: ${help}`);
}
