import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import { addressesOf } from "../support/graph";
import { synthApp } from "../support/synth";

const file = projectFile("__tests__/golden/example/addresses.txt");

const addresses = Object.entries(synthApp())
  .flatMap(([stack, json]) =>
    addressesOf(json).map((address) => `${stack} ${address}`),
  )
  .sort();

// `npm run ledger`: a change of the list is a change of what is deployed, and is reviewed as such.
if (process.env.UPDATE_LEDGER === "1") {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${addresses.join("\n")}\n`);
}

test("CDK-C6: no address came or went without the ledger: a renamed one needs a moved block", () => {
  const ledger = readFileSync(file, "utf8").trim().split("\n");
  expect(addresses.filter((address) => !ledger.includes(address))).toEqual([]);
  expect(ledger.filter((address) => !addresses.includes(address))).toEqual([]);
});
