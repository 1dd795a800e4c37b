import { AUDIT_ACTIONS } from '@pix/contracts/audit.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { i18n } from '../../base/i18n/index.ts'
import { actionWords } from './action-words.ts'

await import('../../shell/words-testing.ts')

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const sources = ['packages', 'services', 'infra/stack/src']
  .flatMap(folder => readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`))
  .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('node_modules'))
  .filter(file => file !== 'services/api/src/base/audit.ts')
  .map(file => readFileSync(root + file, 'utf8'))

/** The action of every call of `recordAudit`, where it stands in quotes. */
const written = sources.flatMap(source =>
  [...source.matchAll(/\brecordAudit\(\s*(?:\{[^}]*\}|\w+),\s*(?:'([^']+)')?/g)].map(hit => hit[1]),
)

test.each(['th', 'en'] as const)('every action that the code writes has a sentence in %s', language => {
  i18n.global.locale.value = language
  const actions = new Set([...AUDIT_ACTIONS, ...written.filter(action => action !== undefined)])
  expect([...actions].filter(action => actionWords(action) === action)).toEqual([])
  const groups = new Set([...actions].map(action => action.split('.')[0]))
  expect([...groups].filter(group => !i18n.global.te(`audit.about.${group}`))).toEqual([])
})

test('every action stands in quotes where it is written, and is one of those that are listed', () => {
  expect(written.length).toBeGreaterThan(8)
  expect(written.filter(action => !AUDIT_ACTIONS.some(known => known === action))).toEqual([])
  expect(AUDIT_ACTIONS.filter(action => !written.includes(action))).toEqual([])
})

test('an action without words, or only a part of one, shows as it is', () => {
  for (const action of ['moon.land', 'event', 'event.', '', '__proto__', 'a<b>{x}'])
    expect(actionWords(action)).toBe(action)
})
