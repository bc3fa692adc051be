import { EFFECTS } from "../../modules/effects/table";

/** The table of the runbook. */
export const effectsTable = (): string =>
  [
    "| Settings | What a change does | To know |",
    "| --- | --- | --- |",
    ...EFFECTS.map(
      ({ keys, does, remark }) =>
        `| ${keys.map((key) => `\`${key}\``).join(", ")} | ${does} | ${remark} |`,
    ),
  ].join("\n");
