import { runSuites } from "./support/suites";

runSuites("contracts");
