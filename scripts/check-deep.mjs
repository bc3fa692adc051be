// What takes minutes: properties over many random settings and texts, the library in another project, and the fork of cdktf
// in its place.
import { runSteps } from "./steps.mjs";

runSteps({
  properties: "npm run --silent properties",
  consumer: "npm run --silent consumer",
  cdktn: "npm run --silent cdktn",
});
