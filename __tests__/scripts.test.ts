import { runSuites } from "./support/suites";

runSuites("scripts");
