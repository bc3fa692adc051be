import { emgFacts } from "../../modules/emg/facts";
import { checkSettings } from "../../modules/rules";
import { emgSettings } from "../support/settings";

test("Prefect alone stands on no file system", () => {
  const alone = emgSettings({ emg: { api: undefined } });
  expect(checkSettings(alone)).toEqual([]);
  expect(emgFacts(alone).needs.efs).toBe(false);
  expect(emgFacts(emgSettings()).needs.efs).toBe(true);
});
