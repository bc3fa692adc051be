import { runSuites } from "./support/suites";

runSuites("policies");
