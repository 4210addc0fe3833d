import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/gql', 'src/kiosk/gql', 'src/route-map.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: { ...globals.browser, definePage: 'readonly' } },
    rules: {
      // vue-tsc knows which names exist, types included.
      'no-undef': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/define-macros-order': ['error', { order: ['defineOptions', 'defineProps', 'defineEmits', 'defineModel'] }],
      'vue/multi-word-component-names': 'error',
      'vue/no-static-inline-styles': 'error',
      // Every word that people read stands in lib/i18n, in both languages.
      'vue/no-bare-strings-in-template': ['error', { allowlist: [...'·–:%/+×→↑↓⏎“”(),K', 'Esc', 'KRC'] }],
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      'vue/no-unused-refs': 'error',
      'vue/no-ref-object-reactivity-loss': 'error',
      // The arrows of the architecture: pages → features → components, lib.
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/*.graphql'], message: 'Import the generated document from @/gql/graphql.' }] },
      ],
    },
  },
  {
    files: ['src/components/**', 'src/lib/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@/features/*', '@/pages/*', '**/features/*'], message: 'Features are above this.' }] },
      ],
    },
  },
  {
    files: ['src/features/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@/pages/*', '@/features/*'], message: 'A feature imports neither pages nor another feature.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/kiosk/**', 'src/lobby/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@/features/*', '@/pages/*', '@/components/*', '@/gql/graphql'],
              message: 'A device has its own screens and documents, and nothing of the desk.',
            },
          ],
        },
      ],
    },
  },
  // For developers, in English alone.
  { files: ['src/examples/**'], rules: { 'vue/no-bare-strings-in-template': 'off' } },
  // A page is named as its address is.
  { files: ['src/pages/**'], rules: { 'vue/multi-word-component-names': 'off' } },
  { files: ['scripts/**', '*.config.*'], languageOptions: { globals: globals.node } },
  { files: ['public/**'], languageOptions: { sourceType: 'script', globals: globals.browser } },
  prettier,
)
