import { runSuites } from "./support/suites";

runSuites("deployer");
