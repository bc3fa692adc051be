import { runSuites } from "./support/suites";

runSuites("aws");
