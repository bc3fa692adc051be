import { runSuites } from "./support/suites";

runSuites("kubernetes");
