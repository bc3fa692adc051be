import { runSuites } from "./support/suites";

runSuites("docs");
