import { defineConfig } from 'vitest/config'

/** The rules alone: `npm run coverage:domain`, and the runs of Stryker. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // As the unit tests: Stryker's code runs slower, and two of its runners share the machine.
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts'],
      reporter: ['text'],
      thresholds: { branches: 100 },
    },
  },
})
