import { runSuites } from "./support/suites";

runSuites("emg");
