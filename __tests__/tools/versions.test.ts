import { runSuites } from "../support/suites";

runSuites("tools/versions");
