import { withRelease } from "../../../modules/wave/release/release";
import { configMap } from "../../../modules/wave/config/config-map";
import { waveInputs } from "../../support/wave-inputs";
import { currentSettings } from "../../support/settings";

const settings = currentSettings({
  wave: { current: { ecrExternalId: "012e34" } },
});
const { data } = configMap(withRelease(settings), waveInputs(settings));
const lines = (data?.["config.yml"] ?? "").split("\n");

test("every text is quoted: Wave's YAML reader would take on, 012 and 1e3 for something else, and so may a value be that only Terraform knows", () => {
  expect(lines.map((line) => line.trim())).toContain('password: "012e34"');
  const plain = lines
    .map((line) => /^ *[^:]+(?::\d+)?: ([^"{].*)$/.exec(line)?.[1])
    .filter((value) => value !== undefined);
  expect(plain.filter((value) => !/^(true|false|\d+)$/.test(value))).toEqual(
    [],
  );
});
