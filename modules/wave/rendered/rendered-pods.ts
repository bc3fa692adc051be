import { type Problem } from "../../lib/problem";
import { type Document } from "../../lib/template";
import {
  type Pod,
  type Rendered,
  configPath,
  containersOf,
  items,
  podsOf,
  problemIf,
  property,
  shown,
} from "./rendered-reading";

/** What Wave's own pod is allowed to relax by `wave.hardening` (DEP-15, EXC-11). */
const isWave = ({ object }: Pod): boolean => object === "Deployment wave";

/** VR-46, DEP-15, HARD-06: every pod of ours passes Pod Security "restricted". */
export function restrictedPods({ settings, objects }: Rendered): Problem[] {
  const { runAsNonRoot, readOnlyRootFilesystem } = settings.wave.hardening;
  return podsOf(objects).flatMap((pod) => {
    const context = pod.spec.securityContext;
    const asRoot = isWave(pod) && !runAsNonRoot;
    const writable = isWave(pod) && !readOnlyRootFilesystem;
    return [
      ...problemIf(!asRoot && context?.runAsNonRoot !== true, {
        path: `${pod.object}: runAsNonRoot`,
        given: shown(context?.runAsNonRoot),
        allowed: "true",
        fix: "run as another user than root; only Wave has a switch, wave.hardening (VR-46)",
      }),
      ...problemIf(context?.seccompProfile?.type !== "RuntimeDefault", {
        path: `${pod.object}: seccompProfile`,
        given: shown(context?.seccompProfile?.type),
        allowed: "RuntimeDefault",
        fix: "set it for the pod (VR-46)",
      }),
      ...containersOf(pod).flatMap(({ name, securityContext: own }) => [
        ...problemIf(
          own?.allowPrivilegeEscalation !== false ||
            own.capabilities?.drop?.join() !== "ALL" ||
            (own.capabilities.add ?? []).length > 0 ||
            own.privileged === true,
          {
            path: `${pod.object}: securityContext of ${name}`,
            given: shown(own),
            allowed: "allowPrivilegeEscalation false, all capabilities dropped",
            fix: "restrict the container (VR-46, DEP-15)",
          },
        ),
        ...problemIf(!asRoot && own?.runAsNonRoot !== true, {
          path: `${pod.object}: runAsNonRoot of ${name}`,
          given: shown(own?.runAsNonRoot),
          allowed: "true",
          fix: "set it for the container too, or the provider sends false; only Wave has a switch, wave.hardening (VR-46)",
        }),
        ...problemIf(!writable && own?.readOnlyRootFilesystem !== true, {
          path: `${pod.object}: readOnlyRootFilesystem of ${name}`,
          given: shown(own?.readOnlyRootFilesystem),
          allowed: "true",
          fix: "write to volumes only; only Wave has a switch, wave.hardening (VR-46)",
        }),
      ]),
    ];
  });
}

/** VR-46: nothing of the node inside a pod. */
export function nothingOfTheHost({ objects }: Rendered): Problem[] {
  return podsOf(objects).flatMap(({ object, spec }) => {
    const shared = [
      ...(["hostNetwork", "hostPid", "hostIpc"] as const).filter(
        (key) => spec[key] === true,
      ),
      ...items(spec.volume)
        .filter(({ hostPath }) => hostPath !== undefined)
        .map(({ name }) => `hostPath ${name}`),
    ];
    return problemIf(shared.length > 0, {
      path: object,
      given: shared.join(", "),
      allowed: "no namespace and no folder of the node",
      fix: "remove it (VR-46)",
    });
  });
}

/** K8S-21: every container has a memory limit and requests, so that one pod cannot starve its node. */
export function boundedContainers({ objects }: Rendered): Problem[] {
  return podsOf(objects).flatMap((pod) =>
    containersOf(pod)
      .filter(
        ({ resources }) =>
          resources?.limits?.memory === undefined ||
          resources.requests?.memory === undefined ||
          resources.requests.cpu === undefined,
      )
      .map(({ name, resources }) => ({
        path: `${pod.object}: resources of ${name}`,
        given: shown(resources),
        allowed: "requests of CPU and memory, and a memory limit",
        fix: "give the container all three (VR-37)",
      })),
  );
}

/** Keys of `config.yml` that name an image (CFG-R8). */
const IMAGE_KEYS = [
  "wave.build.kaniko-image",
  "wave.build.buildkit-image",
  "wave.build.singularity-image",
  "wave.build.singularity-image-init",
  "wave.mirror.skopeoImage",
  "wave.scan.image.name",
];

/** VR-38: every image has a tag other than `latest`, or a digest. */
export function pinnedImages(rendered: Rendered): Problem[] {
  const images: { path: string; image: Document | undefined }[] = [
    ...IMAGE_KEYS.map((key) => ({
      path: configPath(rendered, key),
      image: property(rendered, key),
    })).filter(({ image }) => image !== undefined),
    ...podsOf(rendered.objects).flatMap((pod) =>
      containersOf(pod).map(({ name, image }) => ({
        path: `${pod.object}: image of ${name}`,
        image,
      })),
    ),
  ];
  return images
    .filter(({ image }) => !isPinned(shown(image)))
    .map(({ path, image }) => ({
      path,
      given: shown(image),
      allowed: "a tag other than latest, or a digest",
      fix: "pin the image under wave.images or wave.image (VR-38)",
    }));
}

function isPinned(image: string): boolean {
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([\w.-]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== "latest";
}
