import { productOf } from "../../../modules/core/versions/support";
import { imagesOf } from "../../../tools/versions/images";
import { type SettingsChange, emgSettings } from "../../support/settings";

const OF_PLATFORM = /^emg\./;

const imagesWith = (emg: SettingsChange["emg"]) =>
  imagesOf(emgSettings({ emg })).filter(({ setting = "" }) =>
    OF_PLATFORM.test(setting),
  );
const settingsWith = (emg: SettingsChange["emg"]) =>
  imagesWith(emg).map(({ setting }) => setting);

test("each image has a version, an entry of its product in the table, and the setting of its mirror", () => {
  const images = imagesWith({});
  for (const image of images)
    expect([image.product, image.pinned, productOf(image.product)]).toEqual([
      image.product,
      true,
      expect.anything(),
    ]);
  expect(images.map(({ setting }) => setting)).toEqual([
    "emg.images.prefect",
    "emg.images.oauth2Proxy",
    "emg.images.gateway",
    "emg.images.postgresClient",
    "emg.api.image",
  ]);
});

test("Prefect alone with one password starts itself and the Job of its database", () => {
  expect(
    settingsWith({ api: undefined, auth: { mode: "prefect-basic" } }),
  ).toEqual(["emg.images.prefect", "emg.images.postgresClient"]);
});
