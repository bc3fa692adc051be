// What takes minutes: properties over many random settings and texts, and every change that weakens the JSON.
import { runSteps } from "./steps.mjs";

runSteps({
  properties: "npm run --silent properties",
  mutation: "npm run --silent mutation",
});
