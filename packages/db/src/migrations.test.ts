import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('../migrations/', import.meta.url))
const runbook = readFileSync(new URL('../../../docs/runbooks/deploying.md', import.meta.url), 'utf8')
const TAKES_AWAY = /\bDROP (TABLE|COLUMN)\b|\bRENAME (COLUMN|TO)\b/i

test('the index of each migration in the journal is its number, from which drizzle-kit counts on', () => {
  const { entries } = JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8')) as {
    entries: { idx: number; tag: string; when: number }[]
  }
  expect(entries.length).toBeGreaterThan(80)
  expect(entries.filter(({ idx, tag }) => idx !== Number(tag.slice(0, 4)))).toEqual([])
  // One that is older than the last that ran is passed over without a word. 0063 came with 0062, in one release.
  const passedOver = entries.filter(({ when }, at) => at > 63 && when <= entries[at - 1]!.when)
  expect(passedOver.map(({ tag }) => tag)).toEqual([])
  expect(entries.at(-1)!.idx).toBe(Math.max(...entries.map(({ idx }) => idx)))
})

test('a migration that takes away what the release before reads is named where deploying is described', () => {
  const names = readdirSync(folder).filter(name => name.endsWith('.sql'))
  const taking = names.filter(name => TAKES_AWAY.test(readFileSync(folder + name, 'utf8')))
  expect(taking.length).toBeGreaterThan(0)
  expect(taking.filter(name => !runbook.includes(`\`${name.replace('.sql', '')}\``))).toEqual([])
})
