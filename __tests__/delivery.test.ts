import { runSuites } from "./support/suites";

runSuites("delivery");
