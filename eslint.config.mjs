import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import globals from "globals";
import tseslint from "typescript-eslint";

const barrel = {
  name: "@cdktf/provider-aws",
  message: 'The barrel loads every resource of the provider (3 s, 500 MiB). Import from "@cdktf/provider-aws/lib/<resource>".',
};

export default tseslint.config(
  // The peer's packages, and so their types, are there only where the benchmark has run.
  { ignores: ["node_modules/", "cdktf.out/", ".build/", ".local/", "coverage/", "bench/aws-solutions-constructs/"] },
  js.configs.recommended,
  { files: ["**/*.mjs", "**/*.cjs"], languageOptions: { globals: globals.node } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages and addresses are meant.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A file holds one concept. What takes more room holds two.
      "max-lines": ["error", { max: 250, skipBlankLines: true }],
      // A construct is created for its effect on the tree.
      "no-new": "off",
      // Which part of the project may import which: .dependency-cruiser.mjs
      "no-restricted-imports": ["error", { paths: [barrel] }],
    },
  },
  {
    // Tests look inside. Theirs are long where they are tables of cases, which nobody reads in two places.
    files: ["**/__tests__/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "max-lines": "off" },
  },
  prettier,
);
