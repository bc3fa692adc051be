import { runSuites } from "./support/suites";

runSuites("manifests");
