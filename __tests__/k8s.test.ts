import { runSuites } from "./support/suites";

runSuites("k8s");
