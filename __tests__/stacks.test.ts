import { runSuites } from "./support/suites";

runSuites("stacks");
