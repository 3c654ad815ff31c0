import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import globals from "globals";
import tseslint from "typescript-eslint";

const barrel = {
  name: "@cdktf/provider-aws",
  message: 'The barrel loads every resource of the provider (3 s, 500 MiB). Import from "@cdktf/provider-aws/lib/<resource>".',
};

export default tseslint.config(
  { ignores: ["node_modules/", "cdktf.out/", ".build/", ".local/", "coverage/"] },
  js.configs.recommended,
  { files: ["**/*.mjs", "**/*.cjs"], languageOptions: { globals: globals.node } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages and addresses are meant.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // A construct is created for its effect on the tree.
      "no-new": "off",
      "no-restricted-imports": [
        "error",
        {
          paths: [barrel],
          patterns: [
            {
              // A folder's index.ts is its front door.
              group: ["**/stacks/*/*", "!**/stacks/*/index"],
              message: "Import a stack from its folder, not from a file inside it.",
            },
          ],
        },
      ],
    },
  },
  {
    // Tests look inside.
    files: ["**/__tests__/**"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "no-restricted-imports": ["error", { paths: [barrel] }] },
  },
  prettier,
);
