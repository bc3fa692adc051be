import { runSuites } from "./support/suites";

runSuites("lab");
