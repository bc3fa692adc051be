import { runSuites } from "./support/suites";

runSuites("audit");
