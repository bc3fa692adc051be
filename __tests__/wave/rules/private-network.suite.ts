import { checkSettings, warningsOf } from "../../../modules/rules";
import { type Settings } from "../../../modules/schema";
import { showReference } from "../../../modules/lib/image-reference";
import { imagesOf } from "../../../tools/versions/images";
import {
  WITHOUT_INTERNET,
  WITHOUT_INTERNET_CURRENT,
} from "../../support/private-network";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";

const mirrored = {
  classic: exampleSettings(WITHOUT_INTERNET),
  current: currentSettings(WITHOUT_INTERNET_CURRENT),
  lite: liteSettings(WITHOUT_INTERNET_CURRENT),
};

test.each(Object.entries(mirrored))(
  "%s: all images from mirrors are accepted",
  (_line, settings) => {
    expect(checkSettings(settings)).toEqual([]);
  },
);

/** The settings with another value for one of them. */
function withImage(settings: Settings, path: string, value: string): Settings {
  const changed = structuredClone(settings);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const section = keys.reduce<Record<string, unknown>>(
    (node, key) => node[key] as Record<string, unknown>,
    changed,
  );
  section[last] = value;
  return changed;
}

test.each(Object.entries(mirrored))(
  "%s: every image that starts is asked for, by its setting",
  (_line, settings) => {
    const images = imagesOf(settings);
    expect(images.length).toBeGreaterThan(1);
    for (const image of images) {
      const isWave = image.setting === "wave.image";
      const path = isWave ? "wave.image.repository" : (image.setting ?? "");
      const name = showReference({ ...image, registry: "quay.io" });
      const wrong = withImage(settings, path, isWave ? "quay.io/wave" : name);
      expect(checkSettings(wrong)).toMatchObject([{ path }]);
    }
  },
);

test("with internet they may come from anywhere", () => {
  const open = { ...mirrored.current.network, internet: true };
  expect(
    checkSettings(
      withImage(
        { ...mirrored.current, network: open },
        "wave.images.skopeo",
        "quay.io/skopeo/stable:v1.20.0",
      ),
    ),
  ).toEqual([]);
});

test("with a proxy nodes pull from anywhere, and what builds push to still has to be inside", () => {
  const proxied = {
    ...mirrored.current,
    network: {
      ...mirrored.current.network,
      proxy: { url: "http://proxy.example.com:3128", noProxy: [] },
    },
  };
  const outside = withImage(
    withImage(proxied, "wave.images.buildkit", "quay.io/buildkit:v1"),
    "charts.loadBalancerController.image",
    "quay.io/controller:v1",
  );
  expect(checkSettings(outside)).toEqual([]);
  expect(
    checkSettings(withImage(outside, "wave.build.cache", "docker.io/a/cache")),
  ).toContainEqual(expect.objectContaining({ path: "wave.build.cache" }));
  expect(warningsOf(outside).join("\n")).toMatch(
    /builds do not go through network\.proxy/,
  );
});
