import { labSettings, lines, patched } from "../../../tools/lab/settings";
import { collisionsWith } from "../../../modules/core/rules/collisions";
import { checkSettings } from "../../../modules/rules";
import { settingsSchema } from "../../../modules/schema";
import { neighbourOf } from "../../../modules/siblings";

const change = { retain: false, hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const settingsOf = (line: (typeof lines)[number]) =>
  settingsSchema.parse(labSettings(line, change));

test.each(lines)("the settings of line %s are right", (line) => {
  expect(checkSettings(settingsOf(line))).toEqual([]);
});

test.each(["classic", "upgraded", "current"] as const)(
  "Lite can stand beside %s in one account",
  (line) => {
    const sibling = { source: "lab.yaml", ...neighbourOf(settingsOf(line)) };
    expect(collisionsWith(neighbourOf(settingsOf("lite")), [sibling])).toEqual(
      [],
    );
  },
);

test("a patch is written over what was there, key by key; null takes a key away", () => {
  const patch = patched(
    { network: { zones: ["a", "b"] }, tags: { team: "a" } },
    { network: { natGateways: "single" }, tags: { team: null } },
  );
  const { network, tags } = labSettings("classic", { ...change, patch });
  expect(network).toMatchObject({
    cidr: "10.40.0.0/16",
    zones: ["a", "b"],
    natGateways: "single",
  });
  expect(tags).toEqual({ project: "wave", environment: "lab" });
});
