// What takes minutes: properties over many random settings and texts, the library in another project, the JSON of
// the lanes, and the local mock.
import { runSteps } from "./steps.mjs";

runSteps({
  properties: "npm run --silent properties",
  consumer: "npm run --silent consumer",
  lanes: "npm run --silent lanes",
  mock: "npm run --silent mock:check",
});
