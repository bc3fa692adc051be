import { type WaveObjects } from "../../../modules/wave/objects/objects";
import { currentObjects, liteObjects, waveObjects } from "../../support/wave";

/** `wave-build: Role wave-role for wave/wave-sa`. */
const bindingsOf = ({ roleBindings }: WaveObjects): string[] =>
  Object.values(roleBindings).flatMap(({ metadata, roleRef, subject }) =>
    (subject as { kind: string; namespace: string; name: string }[]).map(
      ({ kind, namespace, name }) =>
        `${metadata.namespace}: ${roleRef.kind} ${roleRef.name} for ${kind} ${namespace}/${name}`,
    ),
  );

test("every binding is of a Role in the build namespace: a ClusterRole has rights that nobody sees here", () => {
  expect(bindingsOf(waveObjects())).toEqual([
    "wave-build: Role wave-role for ServiceAccount wave/wave-sa",
    "wave-build: Role wave-build-sweep for ServiceAccount wave-build/wave-build-sweep",
  ]);
  expect(bindingsOf(currentObjects())).toEqual([
    "wave-build: Role wave-role for ServiceAccount wave/wave-sa",
    "wave-build: Role wave-build-cleanup for ServiceAccount wave-build/wave-build-cleanup",
  ]);
  expect(bindingsOf(liteObjects())).toEqual([]);
});

test("every Role stands where its binding does, and opens neither Secrets nor a shell", () => {
  for (const { roles } of [waveObjects(), currentObjects()])
    for (const { metadata, rule } of Object.values(roles)) {
      expect(metadata.namespace).toBe("wave-build");
      expect(JSON.stringify(rule)).not.toMatch(/secrets|exec|attach|\*/);
    }
});
