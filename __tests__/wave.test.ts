import { runSuites } from "./support/suites";

runSuites("wave");
