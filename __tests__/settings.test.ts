import { runSuites } from "./support/suites";

runSuites("settings");
