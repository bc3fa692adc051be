const { existsSync } = require("node:fs");
const { resolve } = require("node:path");
const { default: usual, lanes } = require("./lanes.json");

const name = process.env.LANE || usual;
const { folder } = lanes[name];
// Or the project's packages would be tested in their place.
if (folder !== undefined && !existsSync(`${folder}/node_modules/cdktf`))
  throw new Error(
    `The packages of lane ${name} are not installed: run the tests by "npm run lane -- ${name} npm test".`,
  );

// Which Node.js runs here is said by lanes.json, not by each package.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** @type {import("jest").Config} */
module.exports = {
  // A lane's own packages come first, also for what the project's packages require.
  moduleDirectories:
    folder === undefined
      ? ["node_modules"]
      : [resolve(folder, "node_modules"), "node_modules"],
  testEnvironment: "node",
  // Jest leaves one core free by default: on two cores that is half of them.
  maxWorkers: "100%",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  setupFiles: ["<rootDir>/scripts/no-token-traces.cjs"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" } },
    ],
  },
  modulePathIgnorePatterns: [
    "<rootDir>/cdktf.out",
    "<rootDir>/dist",
    "<rootDir>/build/",
    "<rootDir>/.lab",
  ],
};
