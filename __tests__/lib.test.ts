import { runSuites } from "./support/suites";

runSuites("lib");
