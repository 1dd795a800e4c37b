import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { taskName } = await import('./names.ts')

const services = fileURLToPath(new URL('../../../../services/', import.meta.url))

/** The names of tasks that a program starts: given to `repeat` or to its short form, or a line of a list of them. */
function tasksOf(text: string): string[] {
  const calls = [...text.matchAll(/\b(?:repeat\([\w.]*log, |every\([\w *]+, )['`]([a-z_]+(?:\$\{kind\})?)['`]/g)]
  const lines = [...text.matchAll(/^\s*\['([a-z_]+)', [\d_]+, \w+\],$/gm)]
  return [...calls, ...lines].flatMap(([, name]) =>
    name!.includes('${') ? ['audit', 'ledger'].map(kind => name!.replace('${kind}', kind)) : [name!],
  )
}

const started = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter(file => /\/src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts') && !file.includes('node_modules'))
  .flatMap(file => tasksOf(readFileSync(join(services, file), 'utf8')))

test('what a program starts is read from its source, in each of the forms', () => {
  expect(started).toEqual(expect.arrayContaining(['rank_events', 'archives', 'expire_orders', 'seal_ledger', 'photos']))
  expect(new Set(started).size).toBeGreaterThan(55)
})

test.each(['th', 'en'] as const)('every scheduled task of every program has a name in words, in %s', locale => {
  i18n.global.locale.value = locale
  expect(started.filter(name => taskName(name) === name)).toEqual([])
  expect(taskName('of_another_release')).toBe('of_another_release')
})
