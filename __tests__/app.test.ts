import { runSuites } from "./support/suites";

runSuites("app");
