import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "VER-03: the gap is refused with its reasons",
    { wave: { version: "1.24.2" } },
    "wave.version",
    ["1.8.0 BuildKit", "1.21.0 PostgreSQL replaces SurrealDB", "1.33.0"],
  ],
  [
    "the gap begins at 1.8.0",
    { wave: { version: "1.8.0" } },
    "wave.version",
    ["gap"],
  ],
  [
    "the gap ends at 1.32.7",
    { wave: { version: "1.32.7" } },
    "wave.version",
    ["gap"],
  ],
  [
    "older than 1.3.3",
    { wave: { version: "1.3.2" } },
    "wave.version",
    ["older"],
  ],
  [
    "no full number",
    { wave: { version: "1.7" } },
    "wave.version",
    ["full number"],
  ],
  [
    "a v in front, which would name an image vv1.3.3",
    { wave: { version: "v1.3.3" } },
    "wave.version",
    ["without a v"],
  ],
  [
    "a pre-release",
    { wave: { version: "1.7.9-rc1" } },
    "wave.version",
    ["without a pre-release"],
  ],
]);
