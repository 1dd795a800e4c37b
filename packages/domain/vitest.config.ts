import { defineConfig } from 'vitest/config'

/** The rules alone: `npm run coverage:domain`, and the runs of Stryker. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts'],
      reporter: ['text'],
      thresholds: { branches: 100 },
    },
  },
})
