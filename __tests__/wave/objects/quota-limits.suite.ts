import { currentObjects, waveObjects } from "../../support/wave";

const quota = { requestsMemory: "24Gi", limitsMemory: "48Gi" };

test.each([
  ["classic", waveObjects],
  ["current", currentObjects],
])("%s: limits and requests have a quota each", (_line, objectsOf) => {
  expect(
    objectsOf({ wave: { build: { quota } } }).quota?.spec?.hard,
  ).toMatchObject({
    "requests.memory": "24Gi",
    "limits.memory": "48Gi",
  });
});
