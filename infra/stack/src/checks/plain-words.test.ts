import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

// House, Prose: the field's own words. Each of these had several meanings here, or was a metaphor. A person is named by
// role (the buyer, the caller); a letter is queued, a change published, a fault reported, a value logged.
const REPLACED = new Set(
  'whoever tell tells told telling untold wish wishes wished wishing meant careless bell bells seat seats'.split(' '),
)

/** What a name is made of: `toldAt`, `TOLD_MS` and `told_at` all have the part `told`. */
const PARTS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g

/** Names that stay, as a change of them is a migration or breaks what is installed. */
const NAMES_KEPT = [
  // Columns, a constraint and a trigger of PostgreSQL.
  'studios_tell_events',
  'objectors_told_at',
  'told_at',
  'event_alerts_told',
  // A key in Redis, shared with workers of the release before.
  'search:seats',
  // An alert: silences and dashboards name it.
  'AlertsNotTold',
]

/** Texts that people read: there these words are plain English. */
const TEXTS_FOR_PEOPLE = [
  /(^|\/)(\w+-)*(messages|words)\.(en|th)\.ts$/,
  /^web\/src\/account\/privacy\/texts\//,
  // This file lists them.
  /\/plain-words\.test\.ts$/,
]

/** What is no text of ours: pictures, licences of others, and files that a tool writes whole. */
const NOT_OURS = [/\.jpg$/, /^docs\/licences\//, /^pnpm-lock\.yaml$/, /^packages\/db\/migrations\/meta\//]

/** Migrations that hold a replaced word, in a comment or in their name: no migration is edited after it was merged. */
const MERGED =
  /migrations\/(0023_accounts|0036_invitations|0037_studio_open|0045_documents|0053_payouts|0055_lost_factor_told|0058_desk)\.sql$/

/** Places of replaced words in a file: `file:line word`. A name of a file has line 0. */
function replacedWords(file: string, text: string): string[] {
  const kept = NAMES_KEPT.reduce((rest, name) => rest.replaceAll(name, ''), text)
  return [file, ...kept.split('\n')].flatMap((line, number) =>
    (line.match(PARTS) ?? []).filter(part => REPLACED.has(part.toLowerCase())).map(part => `${file}:${number} ${part}`),
  )
}

test('names, comments, tests and documents use the field’s words', () => {
  const kept = [...TEXTS_FOR_PEOPLE, ...NOT_OURS, MERGED]
  const files = committedFiles().filter(file => !kept.some(pattern => pattern.test(file)))
  const endings = new Set(files.map(file => file.split('/').at(-1)!.replace(/^.*\./, '')))
  expect([...endings]).toEqual(expect.arrayContaining(['ts', 'vue', 'md', 'sql', 'sh', 'yml', 'j2', 'conf', 'env']))
  expect(files.length).toBeGreaterThan(2_000)
  expect(files.flatMap(file => replacedWords(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

test('a planted fault is found in a comment, in each form of a name, and in the name of a file', () => {
  const planted = ['// The page waits.', 'const toldAt = TOLD_MS', '/** Whoever pays. */', "name('tell_owner')"]
  expect(replacedWords('a/tell-owner.ts', planted.join('\n'))).toEqual([
    'a/tell-owner.ts:0 tell',
    'a/tell-owner.ts:2 told',
    'a/tell-owner.ts:2 TOLD',
    'a/tell-owner.ts:3 Whoever',
    'a/tell-owner.ts:4 tell',
  ])
  expect(replacedWords('a.ts', "instant('told_at') // a teller, an intellect, a label")).toEqual([])
})
