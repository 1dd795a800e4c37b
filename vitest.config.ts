import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// `node infra/bootstrap.mjs services` leaves its addresses here, so that single integration tests run by themselves.
const file = fileURLToPath(new URL('.data/test-env.json', import.meta.url))
const running: Record<string, string> =
  !process.env.TEST_DATABASE_ADMIN_URL && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}

/** As a browser loads it: unit tests play the line behind XMLHttpRequest. */
const tusOfBrowsers = fileURLToPath(
  new URL('packages/upload-client/node_modules/tus-js-client/lib.esm/browser/index.js', import.meta.url),
)

/** What only a build of the web makes: unit tests mount no component, and have the face models of a list by hand. */
const withoutBuild = {
  name: 'without-build',
  enforce: 'pre' as const,
  load: (id: string) => (id.endsWith('.vue') ? 'export default {}' : undefined),
}
const faceModels = fileURLToPath(new URL('web/src/shop/find-me/engine/face-models-testing.ts', import.meta.url))

/** What both projects of unit tests have in common. */
const unit = {
  exclude: ['**/*.{int,long}.test.ts', '**/node_modules/**'],
  // A loaded machine is slow, not wrong.
  expect: { poll: { timeout: 30_000 } },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // By itself vitest leaves one core idle: half of CI's two.
  maxWorkers: '100%',
}

/** What both projects of tests on real servers have in common. */
const real = {
  env: running,
  expect: { poll: { timeout: 60_000 } },
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // `npm test` runs browser tests beside them: with a third worker pages wait for a core.
  maxWorkers: 2,
}

/**
 * Browser tests run in the order of their names, the same on every machine. The one whose 300 photos keep the worker busy
 * comes near the end: others wait for photos of their own.
 */
class BrowserTestsByName extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ofBrowsers = files.filter(({ project }) => project.name === 'e2e')
    const others = files.filter(({ project }) => project.name !== 'e2e')
    return [...(await super.sort(others)), ...ofBrowsers.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1))]
  }
}

/** `unit` and `unit-web` do no I/O. The others need the addresses that `npm test` puts into the environment (infra/stack). */
export default defineConfig({
  test: {
    sequence: { sequencer: BrowserTestsByName },
    projects: [
      {
        test: {
          ...unit,
          name: 'unit',
          include: [
            'packages/*/src/**/*.test.ts',
            'services/*/src/**/*.test.ts',
            'infra/stack/src/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          // A process for each file takes longer than the tests: these leave nothing behind in the modules they share.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [withoutBuild],
        resolve: { alias: { 'tus-js-client': tusOfBrowsers, 'virtual:face-models': faceModels } },
        // A page's modules hold its state, its language and its session: each file begins with a page just opened.
        test: {
          ...unit,
          name: 'unit-web',
          include: ['web/src/**/*.test.ts', 'web/vite/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'int',
          include: [
            'packages/*/src/**/*.int.test.ts',
            'services/*/src/**/*.int.test.ts',
            'infra/stack/src/**/*.int.test.ts',
            'bench/**/*.int.test.ts',
            'web/vite/**/*.int.test.ts',
          ],
          ...real,
          // Loading the api again for each file takes longer than most files' tests.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Whole programs, killed and begun again a dozen times, and long measurements: `npm run test:long`.
        test: {
          name: 'long',
          include: [
            'packages/*/src/**/*.long.test.ts',
            'services/*/src/**/*.long.test.ts',
            'infra/stack/src/**/*.long.test.ts',
          ],
          ...real,
          testTimeout: 900_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts', 'e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 900_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
