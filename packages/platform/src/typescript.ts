/**
 * What Node is given before a program of ours, which runs from its source: nothing where it reads TypeScript by itself
 * (from 22.18 on), else tsx.
 */
export const TYPESCRIPT: readonly string[] = (process.features as { typescript?: unknown }).typescript
  ? []
  : ['--import', 'tsx']
