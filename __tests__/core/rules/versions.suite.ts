import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "VR-01, VER-03: the gap is refused with its reasons",
    { wave: { version: "1.24.2" } },
    "wave.version",
    ["1.8.0 BuildKit", "1.21.0 PostgreSQL replaces SurrealDB", "1.33.0"],
  ],
  [
    "VR-01: the gap begins at 1.8.0",
    { wave: { version: "1.8.0" } },
    "wave.version",
    ["gap"],
  ],
  [
    "VR-01: the gap ends at 1.32.7",
    { wave: { version: "1.32.7" } },
    "wave.version",
    ["gap"],
  ],
  [
    "VR-01: older than 1.3.3",
    { wave: { version: "1.3.2" } },
    "wave.version",
    ["older"],
  ],
  [
    "VR-01: no full number",
    { wave: { version: "1.7" } },
    "wave.version",
    ["full number"],
  ],
  [
    "VR-01: a v in front, which would name an image vv1.3.3",
    { wave: { version: "v1.3.3" } },
    "wave.version",
    ["without a v"],
  ],
  [
    "VR-01: a pre-release",
    { wave: { version: "1.7.9-rc1" } },
    "wave.version",
    ["without a pre-release"],
  ],
  [
    "DEC-18: an older Kubernetes, with its price",
    { cluster: { version: "1.33" } },
    "cluster.version",
    ["extended support", "$365"],
  ],
]);
