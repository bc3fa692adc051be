// What takes minutes: properties over many random settings and texts, the library in another project, the fork of cdktf
// in its place, and the local mock.
import { runSteps } from "./steps.mjs";

runSteps({
  properties: "npm run --silent properties",
  consumer: "npm run --silent consumer",
  cdktn: "npm run --silent cdktn",
  mock: "npm run --silent mock:check",
});
