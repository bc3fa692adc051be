import { runSuites } from "../support/suites";

runSuites("tools/settings-map");
