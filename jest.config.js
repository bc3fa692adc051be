/** @type {import("jest").Config} */
module.exports = {
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
