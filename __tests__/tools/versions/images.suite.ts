import { parse } from "yaml";
import { type StackJson } from "../../../tools/audit/graph";
import {
  isPinned,
  readReference,
  showReference,
} from "../../../modules/lib/image-reference";
import { imagesOf } from "../../../tools/versions/images";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { ofWave, environments } from "../../support/audit-environments";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../../support/settings";
import { workloadsOf } from "../../support/workloads";

describe("the image inventory", () => {
  test.each(environments)(
    "has every image of $name",
    ({ settings, stacks }) => {
      const known = imagesOf(settings).map(showReference);
      const started = imagesIn(stacks);
      const ours = imagesOf(settings)
        .filter(({ startedBy }) => startedBy.startsWith("Terraform"))
        .map(showReference);
      expect(started).toEqual(expect.arrayContaining(ours));
      expect(started.filter((image) => !known.includes(image))).toEqual([]);
    },
  );

  test("CFG-R8: Wave's images without a version are marked, and no others", () => {
    const unpinned = ofWave.map(({ settings }) =>
      imagesOf(settings)
        .filter(({ pinned }) => !pinned)
        .map(({ setting }) => setting),
    );
    expect(unpinned).toEqual([
      [],
      ["wave.images.skopeo", "wave.images.singularityInit"],
      [],
    ]);
  });

  test("VER-06: Kaniko and Trivy changed with Wave 1.7.0", () => {
    const tags = ["1.3.3", "1.6.2", "1.7.0", "1.7.9"].map((version) =>
      imagesOf(exampleSettings({ wave: { version } }))
        .filter(({ product }) => ["Kaniko", "Trivy"].includes(product))
        .map(({ tag }) => tag),
    );
    const before = ["v1.19.2", "0.47.0"];
    const after = ["v1.22.0", "0.50.1"];
    expect(tags).toEqual([before, before, after, after]);
  });

  test("DEP-01, DEP-04: Wave's image moved, and exists for arm64 on the current line", () => {
    const waves = ofWave.map(({ settings }) => {
      const [wave] = imagesOf(settings);
      return [wave && showReference(wave), wave?.architectures];
    });
    expect(waves).toEqual([
      ["cr.seqera.io/private/nf-tower-enterprise/wave:v1.3.3", ["amd64"]],
      ["cr.seqera.io/enterprise/wave/server:v1.37.0", ["amd64", "arm64"]],
      ["cr.seqera.io/enterprise/wave/server:v1.37.0", ["amd64", "arm64"]],
    ]);
  });

  test("no Singularity on the classic line, whose namespace refuses its pod, unless it is asked for", () => {
    const has = (singularity: boolean) =>
      imagesOf(exampleSettings({ wave: { build: { singularity } } })).some(
        ({ product }) => product === "SingularityCE",
      );
    expect([has(false), has(true)]).toEqual([false, true]);
  });

  test("no scanner where nothing is scanned", () => {
    const settings = currentSettings({ wave: { scan: { enabled: false } } });
    expect(imagesOf(settings).map(({ product }) => product)).not.toContain(
      "Trivy",
    );
  });

  test.each<[string, (change: SettingsChange) => Settings]>([
    ["classic", exampleSettings],
    ["current", currentSettings],
    ["lite", liteSettings],
  ])(
    "CFG-R8: with every setting that mirrors an image, all of %s come from the mirror",
    (_line, settingsOf) => {
      const settings = settingsOf({});
      const change: Record<string, unknown> = {};
      for (const { setting = "" } of imagesOf(settings)) put(change, setting);
      const mirrored = settingsOf(change);
      const registries = imagesOf(mirrored).map(({ registry }) => registry);
      expect(registries).toHaveLength(imagesOf(settings).length);
      expect(new Set(registries)).toEqual(new Set([MIRROR]));
      const stacks = { workloads: workloadsOf(mirrored) };
      expect(
        imagesIn(stacks).filter((image) => !image.startsWith(`${MIRROR}/`)),
      ).toEqual([]);
    },
  );
});

test.each([
  ["busybox", "docker.io/busybox", false],
  ["aquasec/trivy:0.47.0", "docker.io/aquasec/trivy:0.47.0", true],
  ["quay.io/skopeo/stable", "quay.io/skopeo/stable", false],
  ["r.example.com:5000/a/b", "r.example.com:5000/a/b", false],
  ["r.example.com:5000/a/b:1", "r.example.com:5000/a/b:1", true],
  ["localhost/a:latest", "localhost/a:latest", false],
  ["a/b:latest@sha256:12", "docker.io/a/b:latest@sha256:12", true],
])("the name %s is %s", (name, whole, pinned) => {
  const reference = readReference(name);
  expect(showReference(reference)).toBe(whole);
  expect(isPinned(reference)).toBe(pinned);
});

const MIRROR = "mirror.example.com";

/** Writes a mirror at a setting: a name with a tag, or a repository for Wave's own image. */
function put(change: Record<string, unknown>, setting: string): void {
  const steps = setting.split(".");
  const last = steps.pop() ?? "";
  let section = change;
  for (const step of steps)
    section = (section[step] ??= {}) as Record<string, unknown>;
  section[last] =
    setting === "wave.image"
      ? { repository: `${MIRROR}/wave` }
      : `${MIRROR}/${last}:1.2.3`;
}

/** Names of all images in the JSON: of containers, of charts' values, and in Wave's `config.yml`. */
function imagesIn(stacks: Readonly<Record<string, StackJson>>): string[] {
  const found = new Set<string>();
  const add = (image: string) => found.add(showReference(readReference(image)));
  const visit = (node: unknown, key: string): void => {
    if (typeof node === "string") {
      if (/image/i.test(key) && /[/:]/.test(node)) add(node);
      // Values of charts and `config.yml` are documents inside.
      else if (node.includes("\n") || node.startsWith("{"))
        visit(documentIn(node), "");
    } else if (Array.isArray(node)) for (const one of node) visit(one, key);
    else if (typeof node === "object" && node !== null) {
      const { repository, tag, name } = node as Record<string, string>;
      if (/image$/i.test(key) && repository !== undefined)
        add(tag === undefined ? repository : `${repository}:${tag}`);
      else if (key === "image" && name !== undefined) add(name);
      else for (const [step, child] of Object.entries(node)) visit(child, step);
    }
  };
  for (const { resource } of Object.values(stacks)) visit(resource, "");
  return [...found];
}

function documentIn(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
