import { checkSettings } from "../../../modules/rules";
import { exampleSettings } from "../../support/settings";
import { testRefused } from "../../support/settings-rules";

const manyTags = Object.fromEntries(
  Array.from({ length: 41 }, (_, number) => [`key-${number}`, "value"]),
);

testRefused([
  [
    "a comma, which would end a tag of the load-balancer controller",
    { tags: { team: "platform, data" } },
    "tags.team",
    ["platform, data", "letters, digits, spaces"],
  ],
  [
    "a key that AWS keeps for itself",
    { tags: { "aws:team": "platform" } },
    "tags.aws:team",
    ["rename the tag"],
  ],
  [
    "a key with other characters",
    { tags: { "team?": "platform" } },
    "tags.team?",
    ["letters, digits, spaces"],
  ],
  [
    "Name, which every resource has",
    { tags: { Name: "wave" } },
    "tags.Name",
    ["remove it"],
  ],
  ["more tags than a resource takes", { tags: manyTags }, "tags", ["43 tags"]],
]);

test("accepted: what AWS takes, in any language", () => {
  const tags = { "cost:center/a.b_c": "Größe + 10 = x@example.com" };
  expect(checkSettings(exampleSettings({ tags }))).toEqual([]);
});
