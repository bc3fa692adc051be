import tseslint from "typescript-eslint";

const packageRoots = ["aws", "kubernetes", "helm"].map((provider) => ({
  name: `@cdktf/provider-${provider}`,
  message: `Import @cdktf/provider-${provider}/lib/<resource>: the package root costs seconds and a gigabyte at every synth.`,
}));

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      "**/dist",
      "build",
      "__tests__/consumer/project",
      "cdktf.out",
      ".lab",
      "**/*.mjs",
      "**/*.cjs",
      "jest.config.js",
      "tools/audit/report/page/page.js",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "no-restricted-imports": ["error", { paths: packageRoots }],
      "max-lines": [
        "error",
        { max: 300, skipComments: true, skipBlankLines: true },
      ],
      "no-console": "error",
      // A construct is placed by making it: `new EfsMountTarget(this, …)`.
      "no-new": "off",
      "@typescript-eslint/no-extraneous-class": "off",
      // Numbers in messages and names are meant.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true },
      ],
    },
  },
  {
    files: ["main.ts", "scripts/**", "tools/lab/**"],
    rules: { "no-console": "off" },
  },
);
