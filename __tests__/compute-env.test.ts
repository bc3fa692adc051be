import { runSuites } from "./support/suites";

runSuites("compute-env");
