import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "an older Kubernetes, with its price",
    { cluster: { version: "1.33" } },
    "cluster.version",
    ["extended support", "$365"],
  ],
]);
