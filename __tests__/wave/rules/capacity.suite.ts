import { buildNodes, testRefused } from "../../support/settings-rules";

testRefused([
  [
    "a quota above the build group",
    {
      ...buildNodes({ maxSize: 3 }),
      wave: {
        build: { quota: { requestsMemory: "97Gi", limitsMemory: "97Gi" } },
      },
    },
    "wave.build.quota.requestsMemory",
    ["98304Mi: 3 build nodes of 32768Mi"],
  ],
  [
    "the smallest of several types counts",
    {
      ...buildNodes({ instanceTypes: ["m5a.2xlarge", "m5.large"], maxSize: 2 }),
      wave: { build: { quota: { requestsMemory: "20Gi" } } },
    },
    "wave.build.quota.requestsMemory",
    ["2 build nodes of 8192Mi"],
  ],
  [
    "a build larger than a node",
    {
      wave: {
        build: {
          requestMemory: "32Gi",
          quota: { requestsMemory: "40Gi", limitsMemory: "80Gi" },
        },
      },
    },
    "wave.build.requestMemory",
    ["at most 31591Mi"],
  ],
  [
    "a scan above the quota",
    {
      wave: {
        scan: { requestMemory: "21Gi" },
        build: { quota: { requestsMemory: "20Gi", limitsMemory: "42Gi" } },
      },
    },
    "wave.scan.requestMemory",
    ["the quota, 20Gi"],
  ],
  [
    "a quota of limits below that of requests",
    {
      wave: {
        build: { quota: { requestsMemory: "20Gi", limitsMemory: "10Gi" } },
      },
    },
    "wave.build.quota.limitsMemory",
    ["at least 20Gi"],
  ],
  [
    "a quota of limits below that of one build",
    { wave: { build: { quota: { limitsMemory: "6Gi" } } } },
    "wave.build.quota.limitsMemory",
    ["at least 7200Mi"],
  ],
]);
