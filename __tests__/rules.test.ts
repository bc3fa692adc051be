import { runSuites } from "./support/suites";

runSuites("rules");
