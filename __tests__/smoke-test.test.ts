import { runSuites } from "./support/suites";

runSuites("smoke-test");
