// What takes minutes: properties over many random settings and texts, the library in another project, the JSON of
// the lanes, the local mock, and Terraform over the auditor's folder.
import { runSteps } from "./steps.mjs";

runSteps({
  properties: "npm run --silent properties",
  consumer: "npm run --silent consumer",
  lanes: "npm run --silent lanes",
  mock: "npm run --silent mock:check",
  audit: "npm run --silent audit:terraform",
});
