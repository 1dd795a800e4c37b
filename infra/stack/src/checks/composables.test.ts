import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

// What a page shows while it waits for the api, or after it failed, is a composable's: it has a test of its own.

interface Source {
  file: string
  text: string
}

/** Composables that ask the api and that no test imports. */
function untested(sources: readonly Source[]): string[] {
  const tests = sources.filter(({ file }) => file.endsWith('.test.ts'))
  const imported = new Set(
    tests.flatMap(({ file, text }) =>
      [...text.matchAll(/'(\.{1,2}\/[^']*\buse-[\w-]+\.ts)'/g)].map(([, path]) => join(dirname(file), path!)),
    ),
  )
  return sources
    .filter(({ file, text }) => /\/use-[\w-]+\.ts$/.test(file) && /\bcall\(/.test(text))
    .map(({ file }) => file)
    .filter(file => !imported.has(file))
}

test('every composable that asks the api has a test', () => {
  const files = committedFiles().filter(file => file.startsWith('web/src/') && file.endsWith('.ts'))
  const sources = files.map(file => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
  expect(sources.filter(({ file }) => /\/use-[\w-]+\.ts$/.test(file)).length).toBeGreaterThan(80)
  expect(untested(sources)).toEqual([])
})

test('a planted fault is found: a composable that no test imports', () => {
  const asks = 'export const useA = () => call(listA, {})'
  const sources = [
    { file: 'web/src/shop/a/use-a.ts', text: asks },
    { file: 'web/src/shop/a/use-b.ts', text: asks },
    { file: 'web/src/shop/a/use-width.ts', text: 'export const useWidth = () => innerWidth' },
    { file: 'web/src/shop/a/b.test.ts', text: "const { useB } = await import('./use-b.ts')" },
  ]
  expect(untested(sources)).toEqual(['web/src/shop/a/use-a.ts'])
})
