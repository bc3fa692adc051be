import { runSuites } from "./support/suites";

runSuites("core");
