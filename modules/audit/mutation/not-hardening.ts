import { LEFT_OUT } from "./left-out";

const compiled = LEFT_OUT.map(({ types, paths, changes }) => ({
  types: types.map(pattern),
  paths: paths.map(pattern),
  changes: changes?.map(pattern),
}));

/** Whether a change of an attribute is left out: positions in lists do not count. */
export function isLeftOut(type: string, path: string, change: string): boolean {
  const plain = path.replace(/\[\d+\]/g, "");
  return compiled.some(
    ({ types, paths, changes }) =>
      types.some((one) => one.test(type)) &&
      paths.some((one) => one.test(plain)) &&
      (changes === undefined || changes.some((one) => one.test(change))),
  );
}

/** `*` is any text. */
function pattern(text: string): RegExp {
  const parts = text.split("*");
  return new RegExp(
    `^${parts.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`,
  );
}
