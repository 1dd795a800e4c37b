import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

// What a program decides by the time, it decides by the clock of its context, which tests move.

const PROGRAM = /^services\/(api|clerk|face-worker)\/src\//
/** Where a program or a process of its own starts: each takes the machine's clock once, and hands it on as `now`. */
const STARTS = [
  'services/api/src/open-deps.ts',
  'services/api/src/reset-second-factor/main.ts',
  'services/clerk/src/start-clerk.ts',
  'services/face-worker/src/open-place.ts',
  'services/face-worker/src/people/people-child.ts',
  'services/face-worker/src/photos/photo-child.ts',
  'services/face-worker/src/searches/search-child.ts',
]
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const HANDED_ON = /\bnow(: | = )\(\) => new Date\(\)/g
const MACHINE_CLOCK = /\bDate\.now\b|\bnew Date\(\)/

function readsMachineClock(file: string, text: string): boolean {
  return MACHINE_CLOCK.test(STARTS.includes(file) ? text.replaceAll(HANDED_ON, '') : text)
}

test('no feature of the api, the clerk or the face-worker reads the machine’s clock', () => {
  const sources = committedFiles().filter(file => PROGRAM.test(file) && file.endsWith('.ts'))
  const ours = sources.filter(file => !/\.test\.ts$|testing/.test(file))
  expect(ours.length).toBeGreaterThan(500)
  expect(ours.filter(file => readsMachineClock(file, read(file)))).toEqual([])
  expect(STARTS.filter(file => !ours.includes(file) || !MACHINE_CLOCK.test(read(file)))).toEqual([])
})

const FEATURE = 'services/api/src/shop/cart/read-cart.ts'
const START = STARTS[0]!
test.each([
  [FEATURE, 'const until = Date.now() + LIFE_MS'],
  [FEATURE, 'const at = new Date()'],
  [FEATURE, 'const now = () => new Date()'],
  [FEATURE, 'const deps = { db, now: () => new Date() }'],
  [START, 'const clock = Date.now'],
  [START, 'const startedAt = new Date()'],
])('a planted fault is found in %s: %s', (file, fault) => expect(readsMachineClock(file, fault)).toBe(true))

test.each([
  [START, 'const deps = { db, now: () => new Date() }'],
  [START, 'const now = () => new Date()'],
  [FEATURE, 'new Date(now().getTime())'],
])('the clock as it is handed on is none in %s: %s', (file, text) => expect(readsMachineClock(file, text)).toBe(false))
