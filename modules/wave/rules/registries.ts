import { ociHostOf } from "../../core/registries";
import { readReference } from "../../lib/image-reference";
import { type Warning } from "../../settings/rule";
import { imageRepository } from "../release/line-defaults";
import { upstreamImages } from "../release/upstream-images";
import { type WaveSettings } from "../settings/schema";

/** Registries that the pods of an environment, and its charts, come from. */
function hostsOf(settings: WaveSettings): string[] {
  const { charts, wave } = settings;
  const ofCharts = Object.values(charts).flatMap((chart) =>
    Object.entries(chart)
      .filter(([key]) => /image$/i.test(key))
      .map(([, image]) => image),
  );
  const images = [
    imageRepository(settings),
    ...Object.values({ ...upstreamImages(wave.version), ...wave.images }),
    ...ofCharts,
  ];
  const oci = Object.values(charts).map(({ repository }) =>
    ociHostOf(repository),
  );
  return [
    ...images.map((image) => readReference(image).registry),
    ...oci.filter((one) => one !== undefined),
  ];
}

/** A host with another port, or misspelt, is a pod that waits for its image. */
const unusedRegistries: Warning<WaveSettings> = (settings) => {
  const used = hostsOf(settings);
  return (settings.registries ?? []).flatMap(({ host }, index) =>
    used.includes(host)
      ? []
      : [
          `registries[${index}].host ${host} is the registry of no image and no oci:// chart of these settings: its login is used nowhere. Name it as images do, with its port.`,
        ],
  );
};

export const registryWarnings = [unusedRegistries];
