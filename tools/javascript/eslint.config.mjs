import js from "@eslint/js";

const NAMES = "document location history navigator localStorage addEventListener removeEventListener dispatchEvent innerWidth innerHeight requestAnimationFrame cancelAnimationFrame setTimeout clearTimeout performance matchMedia getComputedStyle console process URL Event CustomEvent AbortController ResizeObserver IntersectionObserver DOCUMENTATION_OPTIONS toggleFullScreen print scrollX scrollY scrollTo HTMLElement Node";

export default [
  { ignores: ["_build/", "node_modules/", ".venv/"] },
  js.configs.recommended,
  {
    files: ["**/*.mjs", "**/*.js"],
    languageOptions: {
      globals: Object.fromEntries(NAMES.split(" ").map((name) => [name, "readonly"])),
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      complexity: ["error", 15],
      eqeqeq: "error",
      "max-len": ["error", { code: 100, ignoreUrls: true }],
      "no-nested-ternary": "error",
      "no-sequences": ["error", { allowInParentheses: false }],
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { args: "after-used" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "error",
      "object-shorthand": "error",
    },
  },
];
