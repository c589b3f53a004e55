// The rules for every `.mjs` and `.js`. Prettier cares for the rest of the form, tsc for names and
// types (`tsconfig.json`).
import js from "@eslint/js";

export default [
  { ignores: ["_build/", ".venv/", "node_modules/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off", // tsc knows what a browser and node have
      complexity: ["error", 15],
      eqeqeq: "error",
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "no-nested-ternary": "error",
      "no-sequences": "error",
      "no-return-assign": "error",
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  // one function, which the test hands to the page
  { files: ["tests/browser/looks.js"], rules: { "no-unused-expressions": "off" } },
];
