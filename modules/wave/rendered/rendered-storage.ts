import { type Problem } from "../../lib/problem";
import {
  type Rendered,
  configPath,
  containerOf,
  isInside,
  items,
  problemIf,
  property,
  shown,
} from "./rendered-reading";

/** VR-27: Wave's build folder lies in the mount that the Deployment really has. */
export function workspaceInTheMount(rendered: Rendered): Problem[] {
  const workspace = property(rendered, "wave.build.workspace");
  const mountPath = property(rendered, "wave.build.k8s.storage.mountPath");
  const mounts = items(containerOf(rendered, "wave")?.volumeMount);
  const volumes = items(
    rendered.objects.deployments.wave?.spec.template.spec.volume,
  );
  const claim = (path: unknown) => {
    const mount = mounts.find((entry) => entry.mountPath === path);
    return volumes.find(
      ({ name }) => name !== undefined && name === mount?.name,
    )?.persistentVolumeClaim?.claimName;
  };
  const inside =
    typeof workspace === "string" &&
    typeof mountPath === "string" &&
    workspace !== mountPath &&
    isInside(workspace, mountPath);
  return [
    ...problemIf(!inside, {
      path: configPath(rendered, "wave.build.workspace"),
      given: shown(workspace),
      allowed: `a folder below ${shown(mountPath)}`,
      fix: "correct wave.build.workspace or wave.build.mountPath: Wave does not start otherwise (VR-27)",
    }),
    ...problemIf(claim(mountPath) !== "wave-app-fs", {
      path: "Deployment wave: volume mounts",
      given: `${shown(claim(mountPath))} at ${shown(mountPath)}`,
      allowed: `the claim wave-app-fs at wave.build.k8s.storage.mountPath`,
      fix: "mount wave-app-fs where config.yml says: builds read what Wave writes there (VR-27)",
    }),
  ];
}

/** VR-28: builds mount a claim of their own namespace. */
export function claimOfTheBuildNamespace(rendered: Rendered): Problem[] {
  const name = property(rendered, "wave.build.k8s.storage.claimName");
  const namespace = property(rendered, "wave.build.k8s.namespace");
  const claim =
    typeof name === "string" ? rendered.objects.claims[name] : undefined;
  const { buildNamespace } = rendered.settings.wave;
  return [
    ...problemIf(claim?.metadata.namespace !== buildNamespace, {
      path: configPath(rendered, "wave.build.k8s.storage.claimName"),
      given: `${shown(name)} of namespace ${shown(claim?.metadata.namespace)}`,
      allowed: `a claim of namespace ${buildNamespace}`,
      fix: "name the claim of the build namespace: build pods stay Pending otherwise (VR-28)",
    }),
    ...problemIf(namespace !== buildNamespace, {
      path: configPath(rendered, "wave.build.k8s.namespace"),
      given: shown(namespace),
      allowed: buildNamespace,
      fix: "write wave.buildNamespace (VR-28)",
    }),
  ];
}

/** VR-28: every volume names its claim, every claim its volume, and the two agree. */
export function volumesAndClaimsInPairs({ objects }: Rendered): Problem[] {
  const claims = Object.values(objects.claims).map(({ metadata, spec }) => ({
    key: `${metadata.namespace}/${metadata.name}`,
    volume: spec.volumeName,
  }));
  const volumes = Object.values(objects.volumes).map(({ metadata, spec }) => {
    const claimRef = items(spec)[0]?.claimRef;
    return {
      name: metadata.name,
      claim: `${claimRef?.namespace}/${claimRef?.name}`,
    };
  });
  return [
    ...claims
      .filter(
        ({ key, volume }) =>
          volumes.find(({ name }) => name === volume)?.claim !== key,
      )
      .map(({ key, volume }) => ({
        path: `PersistentVolumeClaim ${key}`,
        given: `volumeName ${shown(volume)}`,
        allowed: "the volume whose claimRef names this claim",
        fix: "set volumeName and claimRef to each other, so that no other claim takes the volume (VR-28)",
      })),
    ...volumes
      .filter(
        ({ name, claim }) =>
          claims.find(({ key }) => key === claim)?.volume !== name,
      )
      .map(({ name, claim }) => ({
        path: `PersistentVolume ${shown(name)}`,
        given: `claimRef ${claim}`,
        allowed: "the claim whose volumeName names this volume",
        fix: "set claimRef and volumeName to each other, so that no other claim takes the volume (VR-28)",
      })),
  ];
}

/** VR-28, K8S-03: every volume has its own access point; one handle twice in a pod hangs the mount. */
export function accessPoints({ objects }: Rendered): Problem[] {
  const handles = Object.entries(objects.volumes).map(([name, { spec }]) => ({
    name,
    handle: items(spec)[0]?.persistentVolumeSource.csi?.volumeHandle ?? "",
  }));
  return handles
    .filter(
      ({ name, handle }) =>
        !/^[^:]+::[^:]+$/.test(handle) ||
        handles.some((other) => other.name !== name && other.handle === handle),
    )
    .map(({ name, handle }) => ({
      path: `PersistentVolume ${name}: volumeHandle`,
      given: shown(handle),
      allowed: "<file system>::<access point>, an access point of its own",
      fix: "give the volume its own access point (VR-28)",
    }));
}

/** VR-28, SUR-05: the database has a claim that no other pod mounts. */
export function databaseOnItsOwnClaim({ objects }: Rendered): Problem[] {
  const claimsOf = (deployment: string) =>
    items(objects.deployments[deployment]?.spec.template.spec.volume).flatMap(
      ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
    );
  const shared = claimsOf("surrealv1").filter((claim) =>
    claimsOf("wave").includes(claim),
  );
  return problemIf(
    claimsOf("surrealv1").join() !== "surreal-fs" || shared.length > 0,
    {
      path: "Deployment surrealv1: volumes",
      given: shown(claimsOf("surrealv1").join(", ")),
      allowed: "the claim surreal-fs, mounted by no other pod",
      fix: "keep the database's files away from build contexts (VR-28, SUR-05)",
    },
  );
}
