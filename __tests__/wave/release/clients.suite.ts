import { clientsOf } from "../../../modules/wave/release/clients";

test.each([
  ["1.3.3", "wave-cli 1.2.0 and Nextflow 23.10"],
  ["1.5.9", "wave-cli 1.2.0 and Nextflow 23.10"],
  ["1.6.0", "wave-cli up to 1.4 and Nextflow before 24.10"],
  ["1.7.9", "wave-cli up to 1.4 and Nextflow before 24.10"],
  ["1.33.0", "any Nextflow"],
])("Wave %s: %s", (version, words) => {
  expect(clientsOf(version)).toContain(words);
});
